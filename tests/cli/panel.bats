load helper

@test "a panel as CSV, with its codebook" {
    small_store
    run entente panel --from 2013 --to 2014 --states RUS,CHN --measures trade.total -o "$BATS_TEST_TMPDIR/p.csv"
    [ "$status" -eq 0 ]
    [[ "$output" == *"2 rows and 1 columns"* ]]
    [ "$(cat "$BATS_TEST_TMPDIR/p.csv")" = "ccode1,ccode2,year,trade_total
365,710,2013,73000
365,710,2014,94000" ]
    grep -q "### trade_total" "$BATS_TEST_TMPDIR/p.codebook.md"
    grep -q "SHA-256" "$BATS_TEST_TMPDIR/p.codebook.md"
}

@test "a panel on standard output, by the dyads of a file" {
    small_store
    printf 'a,b\nRussia,China\n' >"$BATS_TEST_TMPDIR/dyads.csv"
    run entente panel --from 2014 --to 2014 --dyads "$BATS_TEST_TMPDIR/dyads.csv" --measures trade.share --directed --codes iso3
    [ "$status" -eq 0 ]
    [ "${lines[1]}" = "RUS,CHN,2014,1" ]
    [ "${lines[2]}" = "CHN,RUS,2014,0.137426900585" ]
}

@test "states, formats and years that make no sense are refused, and nothing is written" {
    small_store
    for wrong in "--states Ruritania" "--as parquet" "--measures trade.shar" "--from 2015 --to 2014" \
        "--dyads nowhere.csv" "--dyads relevant" "--unit state --measures trade.share"; do
        # shellcheck disable=SC2086
        run entente panel $wrong -o "$BATS_TEST_TMPDIR/p.csv"
        [ "$status" -eq 1 ]
        [ ! -e "$BATS_TEST_TMPDIR/p.csv" ]
    done
    run entente panel --codes morse
    [ "$status" -eq 2 ]
    run entente panel --measures trade.total -o /nowhere/at/all.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"/nowhere/at/all.csv"* ]]
}

@test "the whole panel of the published data has every dyad-year of the COW system" {
    real_data atop/atop_alliance.csv.gz
    entente import -q --store "$STORE" "$DATA/atop/atop_alliance.csv.gz" >/dev/null
    entente panel --store "$STORE" -q --from 1816 --to 2018 --measures treaty.level -o "$BATS_TEST_TMPDIR/p.csv"
    [ "$(tail -n +2 "$BATS_TEST_TMPDIR/p.csv" | wc -l)" -eq "$(tail -n +2 "$BATS_TEST_TMPDIR/p.csv" | sort -u | wc -l)" ]
    grep -q "^255,300,1914,3$" "$BATS_TEST_TMPDIR/p.csv"
}

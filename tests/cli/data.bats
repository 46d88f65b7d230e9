load helper

@test "with no store every dataset is listed with where to get it" {
    run entente data --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"cow_trade"*"https://correlatesofwar.org"* ]]
    [[ "$output" == *"0 of "* ]]
}

@test "what is loaded has its version, years and rows" {
    small_store
    entente data | cut -f1,3,4,6-8 | grep -P '\tyes\t' >"$BATS_TEST_TMPDIR/loaded"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/loaded")" -eq 2 ]
    grep -q $'^cow_trade\tyes\t4.0\t2013\t2014\t' "$BATS_TEST_TMPDIR/loaded"
}

@test "all about one dataset" {
    small_store
    golden data_cow_trade.txt data cow_trade --format text
    run entente data cow_trade --json
    [ "$status" -eq 0 ]
    [[ "$output" == *"\"sha256\": \"$(sha256sum <tests/fixtures/cow_trade/flows.csv | cut -c1-64)\""* ]]
}

@test "an unknown dataset is answered with the nearest" {
    run entente data cow_trad
    [ "$status" -eq 1 ]
    [[ "$output" == *"the nearest is cow_trade"* ]]
}

@test "a store that was asked for by name must be there" {
    run entente data --store "$BATS_TEST_TMPDIR/none.sqlite"
    [ "$status" -eq 1 ]
    [[ "$output" == *"none.sqlite"* ]]
}

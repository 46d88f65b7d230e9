load helper

# The shipped panel is what this program computes from the published data, byte for byte.
@test "the panel that ships is the one that the published data give" {
    [ -e data/starter/panel.csv.gz ] || skip "data/starter is not here"
    plain_only
    real_data README.md
    entente import -q --store "$STORE" "$DATA" >/dev/null
    export ENTENTE_DATA=$PWD/data # for the list of regional charters
    entente starter -q --store "$STORE" "$BATS_TEST_TMPDIR/starter"
    diff -rq data/starter "$BATS_TEST_TMPDIR/starter"
}

@test "a panel of a small store answers as the store does" {
    small_store
    run entente starter --from 2013 --to 2014 "$BATS_TEST_TMPDIR/starter"
    [ "$status" -eq 0 ]
    [[ "$output" == *"2013 to 2014"* ]]
    entente dyad CHN RUS --year 2014 --measures trade.total,trade.rank >"$BATS_TEST_TMPDIR/full"
    unset ENTENTE_STORE
    export ENTENTE_DATA=$BATS_TEST_TMPDIR
    entente dyad -q CHN RUS --year 2014 --measures trade.total,trade.rank >"$BATS_TEST_TMPDIR/panel"
    grep -q 94000 "$BATS_TEST_TMPDIR/panel"
    diff "$BATS_TEST_TMPDIR/full" "$BATS_TEST_TMPDIR/panel"
}

@test "no folder, no store, a span that is none, a folder that cannot be" {
    run entente starter
    [ "$status" -eq 2 ]
    run entente starter "$BATS_TEST_TMPDIR/starter"
    [ "$status" -eq 1 ]
    small_store
    run entente starter --from 2014 --to 2013 "$BATS_TEST_TMPDIR/starter"
    [ "$status" -eq 1 ]
    [[ "$output" == *"2014"*"2013"* ]]
    [ ! -e "$BATS_TEST_TMPDIR/starter" ]
    run entente starter --from 2013 --to 2014 "$BATS_TEST_TMPDIR/not/there"
    [ "$status" -eq 1 ]
    [[ "$output" == *"not/there"* ]]
}

load helper

claims_store() {
    entente import -q --store "$STORE" tests/fixtures/claims/flows.csv \
        tests/fixtures/atop/dyads.csv >/dev/null
    export ENTENTE_STORE=$STORE
}

@test "a list of claims is answered, with what the data say" {
    claims_store
    golden claims.txt check tests/fixtures/claims/claims.csv --format text
    golden claims.tsv check tests/fixtures/claims/claims.csv --format tsv
    golden claims.json check tests/fixtures/claims/claims.csv --json
    golden claims.md check tests/fixtures/claims/claims.csv --format markdown
}

@test "a contradicted claim is status 3, a wrong line status 1, and the rest is checked" {
    claims_store
    run entente claim "trade.total(CHN, RUS, 2014) > 100 bn US\$"
    [ "$status" -eq 3 ]
    [[ "$output" == *contradicted* ]]
    run entente check tests/fixtures/claims/wrong.csv --format tsv
    [ "$status" -eq 1 ]
    diff -u tests/golden/claims-wrong.txt <(echo "$output") || {
        [ -n "${ENTENTE_UPDATE_GOLDEN:-}" ] && echo "$output" >tests/golden/claims-wrong.txt
    }
}

@test "one claim: its place is marked where it cannot be read" {
    claims_store
    golden claim.txt claim --format text \
        "trade.total(CHN, RUS, 2014) ~ 95 bn US\$ and not treaty(defense, CHN, RUS, 2014)"
    run entente claim "trade.total(CHN, RUS, 2014) < 100"
    [ "$status" -eq 1 ]
    [[ "$output" == *"100 what?"* ]]
    [[ "${lines[2]}" == "                                ^" ]]
    run entente claim
    [ "$status" -eq 2 ]
    run entente claim a b
    [ "$status" -eq 2 ]
}

@test "figures of the time: a store beside the first answers by its own release" {
    claims_store
    sed 's/365,2014,40000,54000/365,2014,40000,48000/' tests/fixtures/claims/flows.csv \
        >"$BATS_TEST_TMPDIR/old.csv"
    entente import -q --store "$BATS_TEST_TMPDIR/old.sqlite" "$BATS_TEST_TMPDIR/old.csv" >/dev/null
    run entente claim --format text --beside "$BATS_TEST_TMPDIR/old.sqlite" \
        "trade.total(CHN, RUS, 2014) = 88 bn US\$"
    [ "$status" -eq 0 ]
    [[ "$output" == *"depends on the source"* ]]
    [[ "$output" == *"cow_trade in old.sqlite"* ]]
    run entente claim --format text --beside "$STORE" "trade.total(CHN, RUS, 2014) = 94 bn US\$"
    [[ "$output" != *" in store.sqlite"* ]]
}

@test "a report in a file, in the format that its name asks for" {
    claims_store
    run entente check tests/fixtures/claims/claims.csv -o "$BATS_TEST_TMPDIR/report.html"
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    grep -q "<title>claims.csv" "$BATS_TEST_TMPDIR/report.html"
    grep -q "importer CHN, exporter RUS" "$BATS_TEST_TMPDIR/report.html"
    [ ! -e "$BATS_TEST_TMPDIR/report.html.part" ]
    run entente check tests/fixtures/claims/claims.csv -o "$BATS_TEST_TMPDIR/report.md"
    diff tests/golden/claims.md "$BATS_TEST_TMPDIR/report.md"
    run entente check tests/fixtures/claims/claims.csv -o "$BATS_TEST_TMPDIR/no/report.md"
    [ "$status" -eq 1 ]
}

@test "without a store, from the starter panel as far as it goes" {
    export ENTENTE_DATA=data
    run entente claim --format text "trade.total@cow_trade(CHN, RUS, 2014) = 93.9 bn US\$"
    [ "$status" -eq 0 ]
    [[ "$output" == *supported* && "$output" == *"starter panel"* ]]
    run entente claim --format text "rank(trade.total, CHN, RUS, 2014) = 10"
    [ "$status" -eq 0 ]
    [[ "$output" == *"not checkable"* && "$output" == *"all partners are needed"* ]]
    run entente claim --format text "treaty(defense, CHN, RUS, 2014)"
    [ "$status" -eq 3 ]
    run entente sources CHN RUS trade --from 2014 --to 2014 --format text
    [[ "$output" == *"95.2"*"88.4"* ]]
}

@test "what five articles claim of China and Russia: every claim is addressed" {
    real_data trade/imf_dots_TradeData.xlsx
    entente import -q --store "$STORE" "$DATA" >/dev/null || true
    run entente check --store "$STORE" data/cases/china-russia/claims.csv --format tsv
    [ "$status" -eq 3 ]
    [[ "$output" != *$'\twrong\t'* ]]
    [ "$(cut -f 1 <<<"$output" | sort -u | wc -l)" -gt 60 ]
}

@test "a file that is not there, or no list of claims" {
    claims_store
    run entente check "$BATS_TEST_TMPDIR/none.csv"
    [ "$status" -eq 1 ]
    printf 'a,b\n1,2\n' >"$BATS_TEST_TMPDIR/other.csv"
    run entente check "$BATS_TEST_TMPDIR/other.csv"
    [ "$status" -eq 1 ]
    [[ "$output" == *'no column "id"'* ]]
    printf 'id,mesure\n1,2\n' >"$BATS_TEST_TMPDIR/other.csv"
    run entente check "$BATS_TEST_TMPDIR/other.csv"
    [[ "$output" == *'other.csv:1:4: column "mesure": did you mean "measure"?'* ]]
    : >"$BATS_TEST_TMPDIR/empty.csv"
    run entente check "$BATS_TEST_TMPDIR/empty.csv"
    [ "$status" -eq 1 ]
}

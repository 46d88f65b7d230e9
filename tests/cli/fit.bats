load helper

model_data() {
    export ENTENTE_DATA=$PWD/data
    [ -e data/model/model.txt ] || skip "data/model/model.txt is not here"
}

# Some minutes: with ENTENTE_SLOW set.
@test "the model that ships is the one that the published data give, on any number of threads" {
    [ -n "${ENTENTE_SLOW:-}" ] || skip "slow: set ENTENTE_SLOW"
    model_data
    real_data README.md
    entente import -q --store "$STORE" "$DATA" >/dev/null
    entente fit -q --store "$STORE" "$BATS_TEST_TMPDIR/model.txt"
    cmp data/model/model.txt "$BATS_TEST_TMPDIR/model.txt"
    entente fit -q --store "$STORE" --threads 1 "$BATS_TEST_TMPDIR/one.txt"
    cmp data/model/model.txt "$BATS_TEST_TMPDIR/one.txt"
    entente evaluate -q --store "$STORE" --format markdown >"$BATS_TEST_TMPDIR/evaluation.md"
    diff docs/EVALUATION.md "$BATS_TEST_TMPDIR/evaluation.md"
}

@test "the forms of the model that ships, as table and as JSON" {
    model_data
    run entente fit --list --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"strict"*"1950"*"2014"* ]]
    [[ "$output" == *"any defence obligation"* ]]
    entente fit --list --json | jq -e '
        (map(.form) | contains(["strict", "late", "organisations", "splines", "any"]))
        and (.[0].features | contains(["agreement", "rivalry"]))
        and (.[0].base_rate > 0.01 and .[0].base_rate < 0.03)'
}

@test "the coefficients say where a sign is odd" {
    model_data
    run entente evaluate --coefficients --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"agreement in UN votes"* ]]
    [[ "$output" == *"odd: rivals do not sign fewer pacts"* ]]
    entente evaluate --coefficients --json |
        jq -e '.coefficients[] | select(.feature == "agreement") | .coefficient > 0.3 and .z > 3'
}

@test "what cannot be fitted is said" {
    model_data
    small_store
    run entente fit
    [ "$status" -eq 2 ]
    run entente fit "$BATS_TEST_TMPDIR/model.txt"
    [ "$status" -eq 1 ]
    [[ "$output" == *"atop_member of ATOP"* ]]
    [ ! -e "$BATS_TEST_TMPDIR/model.txt" ]
    printf 'atop,name,reason\n3150,OAS,charter\nmany,x,y\n' >"$BATS_TEST_TMPDIR/charters.csv"
    run entente fit --charters "$BATS_TEST_TMPDIR/charters.csv" "$BATS_TEST_TMPDIR/model.txt"
    [ "$status" -eq 1 ]
    [[ "$output" == *"charters.csv:3"*"number of a treaty"* ]]
    run entente fit --charters "$BATS_TEST_TMPDIR/none.csv" "$BATS_TEST_TMPDIR/model.txt"
    [ "$status" -eq 1 ]
    run entente fit --threads 0 "$BATS_TEST_TMPDIR/model.txt"
    [ "$status" -eq 2 ]
}

@test "a model of another version, cut short, or none at all" {
    model_data
    sed '1s/1$/7/' data/model/model.txt >"$BATS_TEST_TMPDIR/new.txt"
    run entente fit --list "$BATS_TEST_TMPDIR/new.txt"
    [ "$status" -eq 1 ]
    [[ "$output" == *"new.txt:1: this model is of version 7, and this Entente reads version 1"* ]]
    head -n 40 data/model/model.txt >"$BATS_TEST_TMPDIR/short.txt"
    run entente fit --list "$BATS_TEST_TMPDIR/short.txt"
    [ "$status" -eq 1 ]
    [[ "$output" == *"short.txt:41"*"cut short"* ]]
    run entente fit --list "$BATS_TEST_TMPDIR/none.txt"
    [ "$status" -eq 1 ]
    export ENTENTE_DATA=$BATS_TEST_TMPDIR
    run entente fit --list
    [ "$status" -eq 1 ]
    [[ "$output" == *"is not here"* ]]
}

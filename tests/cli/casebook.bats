load helper

CASE=data/cases/china-russia

@test "the claims of the articles are all there, by their ids" {
    for id in E01 E02 E03 E04 E05 E06 E07 E08 E09 S01 S02 S03 S04 S05 T01 T02 T03 T04 T05 T06 \
        I01 I02 I03 I04 I05 P01 P02 P03 P04 P05 P06 P07 H01 H02 H03 H04 H05 M01 M02 \
        F01 F02 F03 F04 V01 V02 V03 \
        VERDICT-A VERDICT-B VERDICT-C VERDICT-D VERDICT-E; do
        grep -q "^$id," $CASE/claims.csv || { echo "no $id"; false; }
    done
    # Whoever points to a fact points to one that is there.
    for fact in $(grep -o 'F-[A-Z][0-9]*[a-z]*' $CASE/claims.csv | sort -u); do
        grep -q "^$fact," $CASE/facts.csv || { echo "no $fact"; false; }
    done
}

@test "a casebook is imported: its ledger and its list, and what the rest is" {
    run entente import --store "$STORE" --format text $CASE
    [ "$status" -eq 0 ]
    [[ "$output" == *"new  pledges"* ]]
    [[ "$output" == *"new  partnerships"* ]]
    [[ "$output" == *"claims, which"* ]]
    [[ "$output" == *"reported facts"* ]]
    [[ "$output" != *"left out"* ]]
    run entente dyad --store "$STORE" CHN RUS --year 2019 -m pledges.kept_share --format tsv
    [[ "$output" == *"0.333333333333333"* ]]
}

@test "on the published data no claim is left unaddressed" {
    plain_only
    real_data README.md
    entente import -q --store "$STORE" "$DATA" $CASE >/dev/null
    run entente check --store "$STORE" $CASE/claims.csv --json
    [ "$status" -eq 3 ]
    echo "$output" >"$BATS_TEST_TMPDIR/answers.json"
    python3 - "$BATS_TEST_TMPDIR/answers.json" <<'END'
import json, sys

answers = json.load(open(sys.argv[1]))
by_id = {claim["id"]: claim for claim in answers["claims"]}
for claim in answers["claims"]:
    assert claim["answer"] != "wrong", claim
    # What cannot be checked points to what is reported.
    assert claim["answer"] != "not checkable" or claim["fact"], claim["id"]


def expect(answer, *ids):
    for name in ids:
        assert by_id[name]["answer"] == answer, (name, by_id[name]["answer"])


def values(name):
    return [round(by["value"], 4) for part in by_id[name]["parts"] for by in part["sources"]
            if by["value"] is not None]


# Known answers.
expect("supported", "E01", "E08", "S02", "S03", "T01b", "T06b", "I03", "P01", "P02", "P03", "P07")
expect("depends on the source", "E02", "E06", "S01")
expect("contradicted", "P01b", "I01d")
expect("reported", "E03", "E09", "T02", "I02", "I04", "P04", "M02", "V03")
assert 0.0217 in values("S02"), values("S02")
assert 8.3839 in values("E08"), values("E08")
assert 0.8656 in values("P01") and 49 in values("P01b")
assert 0.3177 in values("H01") and 0.1213 in values("H01b"), (values("H01"), values("H01b"))
END
}

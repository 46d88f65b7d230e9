load helper

# The model and the starter panel that ship.
shipped() {
    export ENTENTE_DATA=$PWD/data
}

# The model that ships, and no panel: answers come from the store.
shipped_model() {
    mkdir -p "$ENTENTE_DATA"
    ln -s "$PWD/data/model" "$ENTENTE_DATA/model"
}

# One number of JSON.
value() {
    python3 -c "import json,sys; d=json.load(sys.stdin); print($1)"
}

@test "the verdict of a small store, as a page and as a table" {
    small_store
    shipped_model
    COLUMNS=80 golden assess.txt assess CHN RUS --year 2014 --format text
    golden assess.tsv assess CHN RUS --year 2014
}

@test "one screen: 80 columns and some 45 lines, for many pairs" {
    shipped
    for pair in "CHN RUS" "USA GBR" "USA ISR" "IND PAK" "CHN PRK" "BLR RUS" "DEU FRA" "SAU IRN"; do
        for year in 1985 2014 2018 2023; do
            # shellcheck disable=SC2086
            [ "$year" = 1985 ] && [[ "$pair" = *DEU* || "$pair" = *BLR* ]] && continue
            COLUMNS=80 entente assess $pair --year "$year" --format text >"$BATS_TEST_TMPDIR/page"
            [ "$(wc -L <"$BATS_TEST_TMPDIR/page")" -le 80 ]
            [ "$(wc -l <"$BATS_TEST_TMPDIR/page")" -le 52 ]
            grep -q "in 100 had a defence pact\|No probability" "$BATS_TEST_TMPDIR/page"
            ! grep -q "nan\|(null)\|-nan" "$BATS_TEST_TMPDIR/page"
        done
    done
}

@test "JSON holds the parts, the specifications, the tests and every measure" {
    shipped
    entente assess -q CHN RUS --year 2018 --json >"$BATS_TEST_TMPDIR/v.json"
    [ "$(value 'len(d["dimensions"])' <"$BATS_TEST_TMPDIR/v.json")" = 8 ]
    [ "$(value 'len(d["ladder"])' <"$BATS_TEST_TMPDIR/v.json")" = 7 ]
    [ "$(value 'len(d["conditions"])' <"$BATS_TEST_TMPDIR/v.json")" = 7 ]
    [ "$(value 'len(d["profile"]) > 100' <"$BATS_TEST_TMPDIR/v.json")" = True ]
    [ "$(value '0 < d["model"]["low"] <= d["model"]["p"] <= d["model"]["high"] < 1' <"$BATS_TEST_TMPDIR/v.json")" = True ]
    [ "$(value 'd["treaties"]["core_defence_pact"]' <"$BATS_TEST_TMPDIR/v.json")" = False ]
    [ "$(value 'abs(sum(p["log_odds"] for p in d["model"]["parts"]) + d["model"]["base"] - d["model"]["log_odds"]) < 1e-9' <"$BATS_TEST_TMPDIR/v.json")" = True ]
}

@test "the answer is the same whoever is named first" {
    shipped
    one=$(entente assess -q CHN RUS --year 2018 --json | value 'd["model"]["p"]')
    two=$(entente assess -q RUS CHN --year 2018 --json | value 'd["model"]["p"]')
    [ "$one" = "$two" ]
}

@test "a history, two pairs side by side, what would change it" {
    shipped
    run entente assess CHN RUS --from 2010 --to 2012
    [ "$status" -eq 0 ]
    [ "$(grep -c '^201[0-2]' <<<"$output")" -eq 3 ]
    run entente assess CHN RUS --from 2010 --to 2012 --format text
    [[ "$output" == *"2010 to 2012"* ]]
    run entente assess --compare CHN RUS USA GBR --year 2018 --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"China and Russia, 2018"*"United States and United"* ]]
    run entente assess CHN RUS --year 2014 --flip --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"a half"* ]]
    run entente assess CHN RUS --year 2014 --set trade.share=30% --format text
    [[ "$output" == *"With values that were set"* ]]
    before=$(entente assess -q CHN RUS --year 2014 --json | value 'd["model"]["p"]')
    after=$(entente assess -q CHN RUS --year 2014 --set trade.share=30% --json | value 'd["model"]["p"]')
    [ "$(python3 -c "print($after > $before)")" = True ]
    one=$(entente assess -q CHN RUS --year 2014 --set trade.share:CHN=30% --json | value 'd["model"]["p"]')
    [ "$(python3 -c "print($after > $one > $before)")" = True ]
}

@test "HTML and Markdown stand alone" {
    shipped
    entente assess CHN RUS --year 2018 --format html | grep -q "<h1>China and Russia, 2018"
    entente assess CHN RUS --year 2018 --format markdown | grep -q "^# China and Russia, 2018"
}

@test "mistakes are said in words" {
    shipped
    run entente assess CHN CHN
    [ "$status" -eq 1 ]
    [[ "$output" == *"a dyad is two states"* ]]
    run entente assess RUS UKR --year 1950
    [ "$status" -eq 1 ]
    [[ "$output" == *"was no member"* ]]
    run entente assess CHN Atlantis
    [ "$status" -eq 1 ]
    run entente assess CHN
    [ "$status" -eq 2 ]
    run entente assess CHN RUS USA
    [ "$status" -eq 2 ]
    run entente assess CHN RUS --set trade.share
    [ "$status" -eq 1 ]
    [[ "$output" == *"no MEASURE=NUMBER"* ]]
    run entente assess CHN RUS --set trade.share=500%
    [ "$status" -eq 1 ]
    [[ "$output" == *"a share is 0 to 100 %"* ]]
    run entente assess CHN RUS --set land=0.4
    [ "$status" -eq 1 ]
    run entente assess CHN RUS --set arms=-1
    [ "$status" -eq 1 ]
    run entente assess CHN RUS --set agreement=1e300
    [ "$status" -eq 1 ]
    run entente assess CHN RUS --set energy.coal=3
    [ "$status" -eq 1 ]
    [[ "$output" == *"no evidence of the model"* ]]
    run entente assess CHN RUS --from 2015 --to 2010
    [ "$status" -eq 2 ]
    run entente assess CHN RUS --from 2010 --year 2012
    [ "$status" -eq 2 ]
}

@test "too little evidence: no probability, and what is missing" {
    shipped
    run entente assess CHN RUS --year 1969 --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"oo little"* ]]
    [[ "$output" == *"No probability"* ]]
    [[ "$output" != *"in 100 had"* ]]
}

@test "a model of another version, a damaged one, and none" {
    shipped
    sed '1s/.*/entente model\t99/' data/model/model.txt >"$BATS_TEST_TMPDIR/other.txt"
    run entente assess CHN RUS --model "$BATS_TEST_TMPDIR/other.txt"
    [ "$status" -eq 1 ]
    [[ "$output" == *"99"* ]]
    head -c 3000 data/model/model.txt >"$BATS_TEST_TMPDIR/cut.txt"
    run entente assess CHN RUS --model "$BATS_TEST_TMPDIR/cut.txt"
    [ "$status" -eq 1 ]
    [[ "$output" == *"cut.txt"* ]]
    run entente assess CHN RUS --model "$BATS_TEST_TMPDIR/none.txt"
    [ "$status" -eq 1 ]
    ENTENTE_DATA=$BATS_TEST_TMPDIR/nowhere run entente assess CHN RUS
    [ "$status" -eq 1 ]
    [[ "$output" == *"model"* ]]
}

# The published data: the store and the starter panel come to the same.
@test "from the published data, and quickly" {
    real_data README.md
    shipped
    entente import -q --store "$STORE" "$DATA" >/dev/null
    for pair in "CHN RUS" "USA GBR" "IND PAK"; do
        # shellcheck disable=SC2086
        entente assess -q --store "$STORE" $pair --year 2018 --json >"$BATS_TEST_TMPDIR/store.json"
        # shellcheck disable=SC2086
        entente assess -q $pair --year 2018 --json >"$BATS_TEST_TMPDIR/panel.json"
        python3 - "$BATS_TEST_TMPDIR/store.json" "$BATS_TEST_TMPDIR/panel.json" <<'END'
import json, sys
one, two = (json.load(open(p)) for p in sys.argv[1:])
assert abs(one["model"]["p"] - two["model"]["p"]) < 1e-3, (one["model"]["p"], two["model"]["p"])
assert one["answer"] == two["answer"]
for a, b in zip(one["dimensions"], two["dimensions"]):
    for key in "score", "among_allies", "change":
        assert (a[key] is None) == (b[key] is None), (a, b)
        assert a[key] is None or abs(a[key] - b[key]) < 4, (a["dimension"], key, a[key], b[key])
END
    done
    # Rivals that they share are named, treaties listed.
    run entente assess --store "$STORE" CHN RUS --year 2018 --format text
    [[ "$output" == *"both are rivals of the United States"* ]]
    [[ "$output" == *"ATOP 4980 2001"* ]]
    run entente rank --store "$STORE" --year 2014 --top 3
    [ "$status" -eq 0 ]
    [ "$(grep -c '^most_like_without_pact' <<<"$output")" -eq 3 ]
    [ "$(grep -c '^least_like_with_pact' <<<"$output")" -eq 3 ]
    # Before the years that the model learnt from, pacts are known all the same.
    run entente rank --store "$STORE" --year 1948 --top 3 --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"1948 lies before"* ]]
    [[ "$output" != *"(of 0)"* ]]
    run entente assess --store "$STORE" GBR FRA --year 1938 --format text
    [[ "$(tr -s ' \n' ' ' <<<"$output")" == *"and 1938 lies before"* ]]
}

load helper

choices_store() {
    entente import -q --store "$STORE" tests/fixtures/choices/votes.csv \
        tests/fixtures/atop/dyads.csv >/dev/null
    export ENTENTE_STORE=$STORE
}

@test "a number under every convention, and the curve" {
    choices_store
    golden choices.txt choices CHN RUS --year 1980 --measure agreement --format text
    run entente choices CHN RUS --year 1980 --measure agreement --format text --threads 1
    [ "$output" = "$(cat tests/golden/choices.txt)" ]
    golden choices.tsv choices CHN RUS --year 1980 --measure agreement --format tsv
}

@test "no line of the page is wider than it, and ASCII is enough" {
    choices_store
    LC_ALL=C run entente choices CHN RUS --year 1980 --measure s --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"# marks the default"* ]]
    LC_ALL=C grep -qP '[^\x00-\x7f]' <<<"$output" && return 1
    for line in "${lines[@]}"; do
        [ "${#line}" -le 100 ]
    done
}

@test "JSON has every combination with its choices" {
    choices_store
    run entente choices CHN RUS --year 1980 --json
    [ "$status" -eq 0 ]
    [[ "$output" == *'"period": "calendar"'* && "$output" == *'"absent": "abstain"'* ]]
    [[ "$output" == *'"bootstrap": null'* ]]
}

@test "the same seed gives the same intervals" {
    choices_store
    entente choices CHN RUS --year 1980 --bootstrap 100 --seed 3 --json >"$BATS_TEST_TMPDIR/a"
    entente choices CHN RUS --year 1980 --bootstrap 100 --seed 3 --json >"$BATS_TEST_TMPDIR/b"
    entente choices CHN RUS --year 1980 --bootstrap 100 --seed 4 --json >"$BATS_TEST_TMPDIR/c"
    cmp "$BATS_TEST_TMPDIR/a" "$BATS_TEST_TMPDIR/b"
    ! cmp -s "$BATS_TEST_TMPDIR/a" "$BATS_TEST_TMPDIR/c"
}

@test "what cannot be asked" {
    choices_store
    run entente choices CHN RUS --measure kapa
    [ "$status" -eq 1 ]
    [[ "$output" == *"did you mean kappa?"* ]]
    run entente choices CHN RUS --family trade
    [ "$status" -eq 1 ]
    [[ "$output" == *similarity* ]]
    run entente choices CHN RUS --year 2019
    [ "$status" -eq 1 ]
    [[ "$output" == *"no treaties or votes of 2019"* ]]
    run entente choices CHN CHN
    [ "$status" -eq 1 ]
    run entente choices CHN
    [ "$status" -eq 2 ]
    run entente choices CHN RUS --bootstrap none
    [ "$status" -eq 2 ]
}

load helper

@test "a state by name: names, codes, spells" {
    golden states_germany.txt states Germany --format text
    golden states_yugoslavia.json states Yugoslavia --json
    golden states_ussr.tsv states "Soviet Union"
}

@test "a code after its prefix is what the prefix says" {
    run entente states cow:AUS
    [[ "$output" == *"Austria"* ]]
    run entente states AUS
    [[ "$output" == *"Australia"* ]]
}

@test "the members of a year, under their names then" {
    golden states_1816.tsv states --year 1816
    run entente states --year 1980
    [[ "$output" == *"Soviet Union"* ]]
    [[ "$output" != *"Ukraine"* ]]
}

@test "all codes fit a terminal" {
    width=$(entente states --codes --format text | wc -L)
    [ "$width" -le 100 ]
}

@test "an ambiguous or unknown name is answered with candidates" {
    run entente states Korea
    [ "$status" -eq 1 ]
    [[ "$output" == *"North Korea"* && "$output" == *"South Korea"* ]]
    run entente states Germny
    [ "$status" -eq 1 ]
    [[ "$output" == *"did you mean Germany"* ]]
}

@test "years out of range and two names are wrong usage" {
    run entente states --year 1500
    [ "$status" -eq 2 ]
    [[ "$output" == *'"1500" is no year from 1816 to '* ]]
    run entente states North Korea
    [ "$status" -eq 2 ]
}

@test "without UTF-8 the page is ASCII" {
    LC_ALL=C entente states Germany --format text >"$BATS_TEST_TMPDIR/out"
    run env LC_ALL=C grep -c '[^ -~]' "$BATS_TEST_TMPDIR/out"
    [ "$output" = 0 ]
}

@test "a year to come is refused, as nothing of it is known" {
    run entente states --year 3000
    [ "$status" -eq 2 ]
    [[ "$output" == *'"3000" is no year from 1816 to 2'* ]]
}

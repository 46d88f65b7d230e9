load helper

# The names of all commands, as the help lists them.
commands() {
    entente --help | sed -n 's/^  \([a-z]*\)  *[a-z].*/\1/p' | grep -v '^help$'
}

@test "help groups the commands and goes to standard output" {
    run entente --help
    [ "$status" -eq 0 ]
    [[ "$output" == *"Bring in data"* ]]
    [[ "$output" == *"What Entente knows"* ]]
    [ "$(commands | wc -l)" -ge 7 ]
}

@test "every command's help exits with 0, is clean on stderr and ends with an example" {
    for command in $(commands); do
        entente "$command" --help >"$BATS_TEST_TMPDIR/help" 2>"$BATS_TEST_TMPDIR/err"
        [ ! -s "$BATS_TEST_TMPDIR/err" ]
        grep -q "^Usage: entente $command" "$BATS_TEST_TMPDIR/help"
        tail -n 1 "$BATS_TEST_TMPDIR/help" | grep -q "^Example: entente $command"
        diff "$BATS_TEST_TMPDIR/help" <(entente help "$command")
    done
}

@test "every command's example does what it says" {
    small_store
    mkdir -p "$ENTENTE_DATA"
    ln -s "$PWD/data/model" "$ENTENTE_DATA/model"
    entente import -q tests/fixtures/ideal/votes.csv >/dev/null
    mkdir -p "$BATS_TEST_TMPDIR/Downloads"
    head -n 3 tests/fixtures/claims/claims.csv >"$BATS_TEST_TMPDIR/claims.csv"
    cp tests/fixtures/atop/dyads.csv "$BATS_TEST_TMPDIR/Downloads"
    for command in $(commands); do
        example=$(entente "$command" --help | sed -n 's/^Example: entente //p')
        (cd "$BATS_TEST_TMPDIR" && eval "entente $example") >"$BATS_TEST_TMPDIR/out" || {
            echo "failed: entente $example"
            return 1
        }
        [ -s "$BATS_TEST_TMPDIR/out" ]
    done
}

@test "a mistyped command is answered with the nearest, and status 2" {
    run entente dayd CHN RUS
    [ "$status" -eq 2 ]
    [[ "$output" == *'no command "dayd"; did you mean dyad?'* ]]
    [[ "$output" == *"Usage: entente COMMAND"* ]]
}

@test "no command and unknown options are wrong usage" {
    run entente
    [ "$status" -eq 2 ]
    run entente states --colour
    [ "$status" -eq 2 ]
    run entente states --format pdf
    [ "$status" -eq 2 ]
    [[ "$output" == *"html, markdown, tsv or json"* ]]
}

@test "options of all commands can stand before the command" {
    run entente --json states Germany
    [ "$status" -eq 0 ]
    [[ "$output" == *'"iso3": "DEU"'* ]]
}

@test "the version is said" {
    run entente --version
    [ "$status" -eq 0 ]
    [[ "$output" == "entente "* ]]
}

@test "an answer that cannot be written is a failure" {
    [ -w /dev/full ] || skip "no /dev/full here"
    run bash -c "'$ENTENTE' states >/dev/full"
    [ "$status" -eq 1 ]
    [[ "$output" == *"No space left"* ]]
}

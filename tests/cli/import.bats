load helper

@test "published files are recognised and imported" {
    golden import_small.tsv import --store "$STORE" tests/fixtures/cow_trade tests/fixtures/atop/dyads.csv
    [ -s "$STORE" ]
}

@test "the same file twice changes nothing" {
    small_store
    before=$(entente data cow_trade --json)
    run entente import tests/fixtures/cow_trade/flows.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *"unchanged"* ]]
    [ "$(entente data cow_trade --json)" = "$before" ]
}

@test "what cannot be read or matched is listed with its place" {
    run entente import --store "$STORE" tests/fixtures/cli/broken_trade.csv --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *'broken_trade.csv:3:3: "19x4" is not a'* ]]
    [[ "$output" == *'broken_trade.csv:4:4: "many" is not a number'* ]]
    [[ "$output" == *"no state"*"cow_trade, broken_trade.csv: 99"* ]]
}

@test "strict stops at the first row that cannot be read" {
    run entente import --strict --store "$STORE" tests/fixtures/cli/broken_trade.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"broken_trade.csv:3:3"* ]]
}

@test "a file of no known dataset is listed, and alone is a failure" {
    run entente import --store "$STORE" tests/fixtures/cli/fruit.csv --format text
    [ "$status" -eq 1 ]
    [[ "$output" == *"fruit.csv: begins colour,taste"* ]]
    run entente import --store "$STORE" tests/fixtures/cli/fruit.csv tests/fixtures/cow_trade/flows.csv
    [ "$status" -eq 0 ]
}

@test "one's own table, with its columns, missing codes and citation" {
    run entente import --store "$STORE" --as directed-dyad-year --name talks \
        --from-column who --to-column whom --codes iso3 \
        --value meetings=meetings:meetings --value hours:hours --missing -9 \
        --cite "Talks of our own" tests/fixtures/cli/talks.csv --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"user_talks"* ]]
    [[ "$output" == *"Atlantis"* ]]
    run entente data user_talks --store "$STORE" --format text
    [[ "$output" == *"Talks of our own"* ]]
    [[ "$output" == *"meetings"* ]]
}

@test "columns of one's own that contradict each other are wrong usage" {
    run entente import --as dyad-year --name x --from-column a --value v f.csv
    [ "$status" -eq 2 ]
    [[ "$output" == *"--to-column"* ]]
    run entente import --as monthly --name x f.csv
    [ "$status" -eq 2 ]
    run entente import --value v f.csv
    [ "$status" -eq 2 ]
    run entente import --as dyad-year --codes klingon f.csv
    [ "$status" -eq 2 ]
    run entente import
    [ "$status" -eq 2 ]
}

@test "a column that is not there is named, with those that are" {
    run entente import --store "$STORE" --as state-year --name x --state-column land \
        --value meetings tests/fixtures/cli/talks.csv
    [ "$status" -eq 1 ]
}

@test "a path that does not exist imports nothing" {
    run entente import --store "$STORE" tests/fixtures/cow_trade/flows.csv no/such/file.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"no/such/file.csv"*"No such file"* ]]
    run entente data --store "$STORE"
    [[ "$output" != *$'cow_trade\t'*$'\tyes\t'* ]]
}

@test "a file that is no store is refused" {
    cp tests/fixtures/cli/talks.csv "$BATS_TEST_TMPDIR/notes.txt"
    run entente import --store "$BATS_TEST_TMPDIR/notes.txt" tests/fixtures/cow_trade/flows.csv
    [ "$status" -eq 1 ]
    diff tests/fixtures/cli/talks.csv "$BATS_TEST_TMPDIR/notes.txt"
}

@test "interrupted, the store is as it was, and the status 130" {
    real_data trade
    small_store
    before=$(entente data | sha256sum)
    # A background process of a script ignores SIGINT unless it is told not to.
    python3 - "$ENTENTE" "$DATA" <<'PY'
import signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.SIG_DFL)
p = subprocess.Popen([sys.argv[1], "import", sys.argv[2]],
                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
time.sleep(0.7)
p.send_signal(signal.SIGINT)
sys.exit(0 if p.wait(60) == 130 else 1)
PY
    [ "$(entente data | sha256sum)" = "$before" ]
}

@test "a store that another import is writing to is left alone, and said" {
    small_store
    python3 - "$STORE" "$ENTENTE" <<'PY'
import sqlite3, subprocess, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
p = subprocess.run([sys.argv[2], "import", "--replace", "--store", sys.argv[1],
                    "tests/fixtures/cow_trade/flows.csv"], capture_output=True, text=True)
db.execute("ROLLBACK")
print(p.stderr)
sys.exit(0 if p.returncode == 1 and "another process" in p.stderr else 1)
PY
}

@test "a table that lacks one column of a dataset is told which" {
    run entente import --store "$STORE" tests/fixtures/cli/nmc_lacking.csv --format text
    [ "$status" -eq 1 ]
    [[ "$(tr -s '\n ' ' ' <<<"$output")" == *'; nmc would need a column "tpop"'* ]]
}

@test "a header without rows is a failure, and no dataset of no rows" {
    run entente import --store "$STORE" tests/fixtures/cli/nmc_empty.csv --format text
    [ "$status" -eq 1 ]
    [[ "$output" == *"nmc_empty.csv: the columns of nmc, and no rows below them"* ]]
    run entente data --store "$STORE" --json
    [[ "$output" != *'"loaded": true'* ]]
}

load helper

@test "the dossier as a page, as a table and as JSON" {
    small_store
    golden dyad.txt dyad CHN RUS --year 2014 -m trade.total,trade.share,treaty --format text
    golden dyad.tsv dyad CHN RUS --year 2014 -m trade.share
    golden dyad.json dyad CHN RUS --year 2014 -m trade.share --json
}

@test "the page keeps to the width of the terminal" {
    small_store
    for columns in 80 100 140; do
        width=$(COLUMNS=$columns entente dyad CHN RUS --year 2014 --format text | wc -L)
        [ "$width" -le "$columns" ]
    done
}

@test "after a source's last year its value is carried, marked, and can be refused" {
    small_store
    run entente dyad CHN RUS --year 2020 -m trade.total --format text
    [[ "$output" == *"2014*"* ]]
    [[ "$output" == *"carried forward to 2020"* ]]
    run entente dyad CHN RUS --year 2020 -m trade.total --no-carry --format text
    [[ "$output" != *"2014*"* ]]
    [[ "$output" == *"cow_trade ends in 2014"* ]]
    run entente dyad CHN RUS --year 2020 -m trade.total --carry-years 2 --format text
    [[ "$output" == *"cow_trade ends in 2014"* ]]
}

@test "the history, by year" {
    small_store
    golden history.tsv dyad CHN RUS --from 2012 --to 2014 -m trade.total
    golden history.txt dyad CHN RUS --from 2012 --to 2014 -m trade.total,trade.share --format text
    golden history.json dyad CHN RUS --from 2012 --to 2014 -m trade.total --json
}

@test "unknown states, measures and years are said" {
    small_store
    run entente dyad CHN Atlantis
    [ "$status" -eq 1 ]
    [[ "$output" == *'"Atlantis"'* ]]
    run entente dyad CHN CHN
    [ "$status" -eq 1 ]
    run entente dyad CHN RUS -m trade.volume
    [ "$status" -eq 1 ]
    run entente dyad CHN UKR --year 1950
    [ "$status" -eq 1 ]
    [[ "$output" == *"1991"* ]]
    run entente dyad CHN
    [ "$status" -eq 2 ]
    run entente dyad CHN RUS --year 12
    [ "$status" -eq 2 ]
    run entente dyad CHN RUS --from 2015 --to 2010
    [ "$status" -eq 2 ]
}

@test "with neither store nor panel it says what to do" {
    run entente dyad CHN RUS
    [ "$status" -eq 1 ]
    [[ "$output" == *"entente import"* ]]
}

@test "with no store it answers from the starter panel and says so" {
    [ -e data/starter/panel.csv.gz ] || skip "data/starter is not here"
    export ENTENTE_DATA=$PWD/data
    run entente dyad CHN RUS --year 2014 --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"From the starter panel"* ]]
    [[ "$output" == *"12.23 %"* ]]
}

@test "a damaged block is said, with its store, table and year, and is no zero" {
    small_store
    python3 - "$STORE" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE block SET data = substr(data, 1, length(data) - 9) WHERE table_name = 'cow_trade'")
db.commit()
PY
    run entente dyad CHN RUS --year 2014 -m trade.share
    [ "$status" -eq 1 ]
    [[ "$output" == *"store.sqlite: the store is damaged: the block of cow_trade, "*" has changed since it was written; "* ]]
}

@test "the year before a source is that of the measure, and says so" {
    small_store
    run entente dyad CHN RUS --year 1816 -m trade.share --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"not known, as cow_trade gives it from "* ]]
}

@test "what casebooks report stands beside the measures, up to the year" {
    small_store
    golden dyad_cases.txt dyad CHN RUS --year 2014 -m trade.total --cases tests/fixtures/cases --format text
    golden dyad_cases.json dyad CHN RUS --year 2012 -m trade.total --cases tests/fixtures/cases/small --json
    run entente dyad CHN RUS --year 2014 --cases none --format text
    [[ "$output" != *"Reported"* ]]
    run entente dyad CHN USA --year 2014 --cases tests/fixtures/cases --format text
    [ "$status" -eq 0 ]
    [[ "$output" != *"Reported"* ]]
    export ENTENTE_DATA=tests/fixtures
    run entente dyad CHN RUS --year 2014 --format text
    [[ "$output" == *"Reported, not computed: casebook small"* ]]
    run entente dyad CHN RUS --year 2014 -m trade --format text
    [[ "$output" != *"Reported"* ]]
}

@test "a casebook that cannot be read is named with its line and column" {
    small_store
    run entente dyad CHN RUS --year 2014 --cases tests/fixtures/bad-cases
    [ "$status" -eq 1 ]
    [[ "$output" == *"bad-cases/broken-year/facts.csv:2:4: \"someday\" is no year"* ]]
    run entente dyad CHN RUS --year 2014 --cases tests/fixtures/cow_trade
    [ "$status" -eq 1 ]
    [[ "$output" == *"holds no casebook"* ]]
}

load helper

@test "what is loaded is cited" {
    small_store
    golden cite.txt cite --format text
    golden cite.bib cite --bibtex
}

@test "a dossier cites what it rests on" {
    small_store
    run entente cite CHN RUS --year 2014
    [ "$status" -eq 0 ]
    [[ "$output" == *"Barbieri"* ]]
    run entente cite CHN RUS --year 2014 --json
    [[ "$output" == *'"id": "cow_trade"'* ]]
}

@test "nothing loaded is a failure, one state wrong usage" {
    run entente cite
    [ "$status" -eq 1 ]
    run entente cite CHN
    [ "$status" -eq 2 ]
}

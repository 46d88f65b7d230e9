load helper

@test "pairs by a measure" {
    small_store
    golden rank.txt rank --by trade.share --year 2014 --format text
    golden rank.tsv rank --by trade.share --year 2014
    run entente rank --by trade.share --year 2014 --least --top 1
    [ "$(wc -l <<<"$output")" -eq 2 ]
    run entente rank --by trade.share --json
    [[ "$output" == *'"by": "trade.share"'* ]]
}

@test "mistakes are said" {
    small_store
    run entente rank --by power.gdp
    [ "$status" -eq 1 ]
    [[ "$output" == *"of one state"* ]]
    run entente rank --by trade.shar
    [ "$status" -eq 1 ]
    [[ "$output" == *"trade.share"* ]]
    run entente rank --by trade.share --year 1990
    [ "$status" -eq 1 ]
    run entente rank --by verdict
    [ "$status" -eq 1 ]
    run entente rank --least
    [ "$status" -eq 2 ]
    run entente rank --top 0
    [ "$status" -eq 2 ]
    run entente rank China
    [ "$status" -eq 2 ]
}

load helper

@test "the steps, rows and files behind a number" {
    small_store
    golden trace.txt trace CHN RUS trade.share 2014 --format text
    golden trace.tsv trace CHN RUS trade.share 2014
    run entente trace CHN RUS trade.share 2014 --json
    [ "$status" -eq 0 ]
    [[ "$output" == *'"row_total": '* ]]
}

@test "what is not loaded or not a measure is said" {
    small_store
    run entente trace CHN RUS trade.share 2014 --source dots --format text
    [[ "$output" == *"dots"*"not"*"loaded"* || "$output" == *"not known, by dots"* ]]
    run entente trace CHN RUS trade.share 2014 --source nothing
    [ "$status" -eq 1 ]
    [[ "$output" == *"nothing"* ]]
    run entente trace CHN RUS trade.shar 2014
    [ "$status" -eq 1 ]
    run entente trace CHN RUS trade.share
    [ "$status" -eq 2 ]
}

@test "without a store there is nothing to trace" {
    run entente trace CHN RUS trade.share 2014
    [ "$status" -eq 1 ]
}

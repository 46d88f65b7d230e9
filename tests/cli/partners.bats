load helper

@test "a state against all others" {
    small_store
    golden partners.txt partners CHN --year 2014 --format text
    run entente partners CHN --measure trade.rank
    [ "$status" -eq 0 ]
    [[ "${lines[1]}" == *"United States"* ]]
    [[ "${lines[2]}" == *"Russia"* ]]
    run entente partners CHN --top 1 --json
    [[ "$output" == *'"code": "USA"'* && "$output" != *'"code": "RUS"'* ]]
}

@test "a measure of one state, an unknown one, a year without data" {
    small_store
    run entente partners CHN --measure power.gdp
    [ "$status" -eq 1 ]
    run entente partners CHN --measure trade.shar
    [ "$status" -eq 1 ]
    [[ "$output" == *"trade.share"* ]]
    run entente partners CHN --year 1990
    [ "$status" -eq 1 ]
    [[ "$output" == *"2013 to 2014"* ]]
    run entente partners
    [ "$status" -eq 2 ]
}

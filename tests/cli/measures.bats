load helper

@test "one measure: meaning, formula, datasets" {
    golden measures_trade_share.txt measures trade.share --format text
    run entente measures trade.share --json
    [ "$status" -eq 0 ]
    [[ "$output" == *'"id": "trade.share"'* ]]
}

@test "the list has every measure, or those of a dimension" {
    all=$(entente measures | wc -l)
    military=$(entente measures --dimension military | wc -l)
    [ "$military" -gt 1 ]
    [ "$all" -gt "$military" ]
    [ "$(entente measures -d foreign-policy | cut -f2 | sort -u | tail -n 1)" = "foreign policy" ]
}

@test "an unknown measure is answered with the nearest" {
    run entente measures trade.shar
    [ "$status" -eq 1 ]
    [[ "$output" == *"trade.share"* ]]
}

@test "an unknown dimension is wrong usage" {
    run entente measures --dimension love
    [ "$status" -eq 2 ]
    [[ "$output" == *"third-parties"* ]]
}

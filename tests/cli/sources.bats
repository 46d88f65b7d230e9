load helper

@test "sources side by side" {
    entente import -q --store "$STORE" tests/fixtures/claims/flows.csv >/dev/null
    export ENTENTE_STORE=$STORE
    golden sources.txt sources CHN RUS trade --format text
    golden sources.tsv sources CHN RUS trade.share --format tsv
    golden sources.json sources CHN RUS trade --to 2014 --json
    run entente sources CHN RUS trade --from 2020
    [ "$status" -eq 1 ]
    [[ "$output" == *"no source goes beyond"* ]]
}

@test "an unknown measure, the same state twice, years backwards, no values" {
    small_store
    run entente sources CHN RUS trade.totl
    [ "$status" -eq 1 ]
    [[ "$output" == *"trade.total"* ]]
    run entente sources CHN China trade
    [ "$status" -eq 1 ]
    run entente sources CHN RUS trade --from 2014 --to 2013
    [ "$status" -eq 2 ]
    run entente sources CHN RUS
    [ "$status" -eq 2 ]
    run entente sources CHN RUS distance.min_km --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"No source that is loaded has a value"* ]]
}

@test "China's and Russia's own figures for 2014 are 7 bn US$ apart" {
    real_data trade/imf_dots_TradeData.xlsx
    entente import -q --store "$STORE" "$DATA/trade/imf_dots_TradeData.xlsx" >/dev/null
    run entente sources --store "$STORE" CHN RUS trade --from 2014 --to 2014 --format tsv
    [ "$status" -eq 0 ]
    [[ "$output" == *"dots, as CHN reports"*"95243.8"* ]]
    [[ "$output" == *"dots, as RUS reports"*"88350.3"* ]]
    [[ "$output" == *"6893.5"* ]]
}

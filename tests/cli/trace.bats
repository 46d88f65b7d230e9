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

@test "a trace under other conventions says which, and refuses those that change nothing" {
    entente import -q --store "$STORE" tests/fixtures/choices/{pacts,borders,capabilities}.csv
    run entente trace USA SPN portfolio.s 1820 --options weights=cinc,system=region --store "$STORE" --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"S of treaty ties, USA and ESP, 1820"* ]]
    [[ "$output" == *"0.1429"*"Options: system=region,weights=cinc"* ]]
    run entente trace USA SPN portfolio.s 1820 --options period=calendar --store "$STORE"
    [ "$status" -eq 1 ]
    [[ "$output" == *"it is of votes"* ]]
    run entente dyad USA SPN --year 1820 --measures portfolio.s --options weights=cinc --store "$STORE" --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"Options: weights=cinc"*"-0.2"* || "$output" == *"Options: weights=cinc"*"−0.2"* ]]
    run entente dyad USA SPN --year 1820 --measures portfolio.s --options weights=cinc --store "$STORE" --json
    [[ "$output" == *'"options": "weights=cinc"'* ]]
    run entente dyad USA SPN --from 1820 --options weights=cinc --store "$STORE"
    [ "$status" -eq 2 ]
}

@test "a trace of a directed value lists its own direction alone, under the measure's name" {
    entente import --store "$STORE" -q --as directed-dyad-year --name talks --from-column who \
        --to-column whom --codes iso3 --value meetings=meetings:meetings tests/fixtures/cli/talks.csv >/dev/null
    run entente trace CHN RUS user_talks.meetings 2013 --store "$STORE" --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"meetings, CHN→RUS, 2013"* ]]
    [[ "$output" == *"meetings, CHN -> RUS"* ]]
    [[ "$output" != *"user_talks.meetings,"* ]]
    [[ "$output" == *"talks.csv"*"SHA-256"* ]]
    [ "$(entente trace CHN RUS user_talks.meetings 2013 --store "$STORE" --format tsv | wc -l)" -eq 2 ]
    run entente trace RUS CHN user_talks.meetings 2013 --store "$STORE" --format text
    [[ "$output" == *"not known"* ]]
    run entente trace CHN RUS user_talks.meetings.kappa 2013 --store "$STORE" --format text
    [ "$status" -eq 0 ]
    run entente trace CHN RUS user_talks.nothing 2013 --store "$STORE"
    [ "$status" -eq 1 ]
    [[ "$output" == *"it has meetings"* ]]
    run entente trace CHN Xyzzy user_talks.meetings 2013 --store "$STORE"
    [ "$status" -eq 1 ]
    [[ "$output" == *"entente states lists them all"* ]]
}

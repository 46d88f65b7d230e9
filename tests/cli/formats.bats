load helper

@test "a history in HTML stands alone and is drawn" {
    small_store
    run entente dyad CHN RUS -m trade.share --from 1990 --to 2014 --format html
    [ "$status" -eq 0 ]
    [[ "$output" == "<!doctype html>"* ]]
    [[ "$output" == *"<svg "*"</svg>"* ]]
    [[ "$output" == *"CHN→RUS, cow_trade"* ]]
    [[ "$output" != *"<script"* ]]
    [[ "$output" != *"://"* ]]
}

@test "a dossier in Markdown is a table" {
    small_store
    golden dyad.md dyad CHN RUS --year 2014 -m trade.total,trade.share,treaty --format markdown
}

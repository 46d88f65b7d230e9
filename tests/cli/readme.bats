load helper

@test "the examples of the README print what stands there" {
    plain_only
    real_data trade/cow_trade_ndy.csv.gz
    if [ -n "${ENTENTE_UPDATE_GOLDEN:-}" ]; then
        tools/check-readme "$ENTENTE" "$DATA" --update
    else
        tools/check-readme "$ENTENTE" "$DATA"
    fi
}

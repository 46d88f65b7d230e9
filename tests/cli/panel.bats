load helper

@test "a panel as CSV, with its codebook" {
    small_store
    run entente panel --from 2013 --to 2014 --states RUS,CHN --measures trade.total -o "$BATS_TEST_TMPDIR/p.csv"
    [ "$status" -eq 0 ]
    [[ "$output" == *"2 rows and 1 columns"* ]]
    [ "$(cat "$BATS_TEST_TMPDIR/p.csv")" = "ccode1,ccode2,year,trade_total
365,710,2013,73000
365,710,2014,94000" ]
    grep -q "### trade_total" "$BATS_TEST_TMPDIR/p.codebook.md"
    grep -q "SHA-256" "$BATS_TEST_TMPDIR/p.codebook.md"
}

@test "a panel on standard output, by the dyads of a file" {
    small_store
    printf 'a,b\nRussia,China\n' >"$BATS_TEST_TMPDIR/dyads.csv"
    run entente panel --from 2014 --to 2014 --dyads "$BATS_TEST_TMPDIR/dyads.csv" --measures trade.share --directed --codes iso3
    [ "$status" -eq 0 ]
    [ "${lines[1]}" = "RUS,CHN,2014,1" ]
    [ "${lines[2]}" = "CHN,RUS,2014,0.137426900585" ]
}

@test "states, formats and years that make no sense are refused, and nothing is written" {
    small_store
    for wrong in "--states Ruritania" "--as parquet" "--measures trade.shar" "--from 2015 --to 2014" \
        "--dyads nowhere.csv" "--dyads relevant" "--unit state --measures trade.share"; do
        # shellcheck disable=SC2086
        run entente panel $wrong -o "$BATS_TEST_TMPDIR/p.csv"
        [ "$status" -eq 1 ]
        [ ! -e "$BATS_TEST_TMPDIR/p.csv" ]
    done
    run entente panel --codes morse
    [ "$status" -eq 2 ]
    run entente panel --measures trade.total -o /nowhere/at/all.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"/nowhere/at/all.csv"* ]]
}

@test "the whole panel of the published data has every dyad-year of the COW system" {
    real_data atop/atop_alliance.csv.gz
    entente import -q --store "$STORE" "$DATA/atop/atop_alliance.csv.gz" >/dev/null
    entente panel --store "$STORE" -q --from 1816 --to 2018 --measures treaty.level -o "$BATS_TEST_TMPDIR/p.csv"
    [ "$(tail -n +2 "$BATS_TEST_TMPDIR/p.csv" | wc -l)" -eq "$(tail -n +2 "$BATS_TEST_TMPDIR/p.csv" | sort -u | wc -l)" ]
    grep -q "^255,300,1914,3$" "$BATS_TEST_TMPDIR/p.csv"
}

# A small store of six roll calls, worked by hand in tests/unit/test_choices.c.
votes_store() {
    entente import -q --store "$STORE" tests/fixtures/choices/votes.csv \
        tests/fixtures/atop/dyads.csv >/dev/null
    export ENTENTE_STORE=$STORE
}

@test "conventions of the measures are options, and the codebook names them" {
    votes_store
    panel() {
        run entente panel --from 1980 --to 1980 --states CHN,RUS --measures "$1" "${@:2}"
        [ "$status" -eq 0 ]
    }
    panel votes.agreement
    [ "${lines[1]}" = "365,710,1980,0.5" ]
    panel votes.agreement --options unanimous=keep
    [ "${lines[1]}" = "365,710,1980,0.6" ]
    panel votes.agreement --options unanimous=keep,absent=abstain
    [ "${lines[1]}" = "365,710,1980,0.583333333333" ]
    panel votes.agreement --options period=calendar
    [ "${lines[1]}" = "365,710,1980,0.666666666667" ]
    panel votes.strict --options period=calendar,unanimous=keep
    [ "${lines[1]}" = "365,710,1980,0.75" ]
    panel votes.strict --options unanimous=keep
    [ "${lines[1]}" = "365,710,1980,0.6" ]
    panel portfolio.strict,portfolio.kappa --options self-ties=no,hage-zero=yes
    [ "${lines[1]}" = "365,710,1980,1,0" ]
    panel portfolio.strict,portfolio.kappa --options self-ties=no
    [ "${lines[1]}" = "365,710,1980,1," ]
    run entente panel --from 1980 --to 1980 --measures votes.kappa,treaty.defense \
        --options near-unanimous=0.6 -o "$BATS_TEST_TMPDIR/p.csv"
    [ "$status" -eq 0 ]
    [ "$(grep -c -- "- Options: near-unanimous=0.6" "$BATS_TEST_TMPDIR/p.codebook.md")" -eq 1 ]
}

@test "options that are none, contradict each other or concern no measure are refused" {
    votes_store
    refused() {
        run entente panel --from 1980 --to 1980 --measures "$1" --options "$2" -o "$BATS_TEST_TMPDIR/p.csv"
        [ "$status" -eq 1 ]
        [[ "$output" == *"$3"* ]]
        [ ! -e "$BATS_TEST_TMPDIR/p.csv" ]
    }
    refused votes.kappa unanimus=keep 'the nearest is "unanimous"'
    refused votes.kappa unanimous=maybe 'drop or keep, and not "maybe"'
    refused votes.kappa unanimous 'KEY=VALUE'
    refused votes.kappa unanimous=keep,near-unanimous=0.9 'settled twice'
    refused votes.kappa near-unanimous=2 'no share'
    refused votes.kappa self-ties=no 'it is of treaty ties'
    refused votes.kappa range=observed 'it is of S and agreement'
    refused votes.near_kappa unanimous=keep 'does not settle it'
    refused treaty.defense period=calendar 'it is of votes'
    refused treaty.defense absent=abstain 'votes.kappa@unga2015'
    refused votes.s system=region 'the items of votes are roll calls'
    refused votes.s weights=cinc 'it is of S of ties'
    refused portfolio.kappa weights=cinc 'it is of S of ties'
    refused portfolio.s_weighted weights=gdp 'it is of S of ties'
    refused portfolio.s weights=gpd 'none, cinc or gdp, and not "gpd"'
    refused portfolio.s weights=cinc 'weights=cinc needs "nmc", which is not loaded'
    refused portfolio.s system=relevant 'system=relevant needs "contiguity"'
}

# The United States and Spain in 1820, among 23 members, of which Turkey alone is neither
# American nor European.  They differ at themselves, at Turkey (a pact with the one) and
# Portugal (with the other); relevant are they, Portugal and five major powers.
@test "who is a target, and what he counts by, by hand" {
    entente import -q --store "$STORE" tests/fixtures/choices/{pacts,borders,capabilities}.csv
    strict() {
        run entente panel --store "$STORE" --from 1820 --to 1820 --states USA,SPN --measures "$1" \
            --options "$2"
        [ "$status" -eq 0 ]
        [ "${lines[1]}" = "2,230,1820,$3" ]
    }
    strict portfolio.strict system=all 0.826086956522      # 19 of 23
    strict portfolio.strict system=region 0.863636363636   # 19 of 22
    strict portfolio.strict system=relevant 0.625          # 5 of 8
    strict portfolio.strict system=relevant,self-ties=no 0.833333333333 # 5 of 6
    strict portfolio.s weights=none 0.652173913043         # 1 - 2 * 12 / (3 * 23)
    # CINC 0.2 and 0.1 of the two, 0.3 Turkey, 0.4 Russia: 1 - 2 * 3 * 0.6 / (3 * 1).
    strict portfolio.s weights=cinc -0.2
    strict portfolio.s_weighted self-ties=yes -0.2
    strict portfolio.s weights=cinc,system=region 0.142857142857 # 1 - 2 * 0.3 / 0.7
    entente panel --store "$STORE" --from 1820 --to 1820 --measures portfolio.s,treaty.defense \
        --options weights=cinc,system=relevant -q -o "$BATS_TEST_TMPDIR/p.csv"
    [ "$(grep -c -- "- Options: system=relevant, weights=cinc" "$BATS_TEST_TMPDIR/p.codebook.md")" -eq 1 ]
    grep -q capabilities.csv "$BATS_TEST_TMPDIR/p.codebook.md"
    grep -q borders.csv "$BATS_TEST_TMPDIR/p.codebook.md"
}

@test "standard errors stand beside the measures that have one" {
    votes_store
    run entente panel --from 1980 --to 1980 --states CHN,RUS --errors \
        --measures votes.agreement,votes.strict,votes.tau_b,treaty.defense -o "$BATS_TEST_TMPDIR/p.csv"
    [ "$status" -eq 0 ]
    # Half of four roll calls alike: sqrt(0.5 * 0.5 / 4).
    [ "$(cat "$BATS_TEST_TMPDIR/p.csv")" = "ccode1,ccode2,year,votes_agreement,votes_agreement_se,votes_strict,votes_strict_se,votes_tau_b,treaty_defense_12,treaty_defense_21
365,710,1980,0.5,0.25,0.5,0.25,0,0,0" ]
    grep -q "Standard error, by the delta method" "$BATS_TEST_TMPDIR/p.codebook.md"
    run entente panel --from 1980 --to 1980 --errors --measures treaty.defense
    [ "$status" -eq 1 ]
    [[ "$output" == *"has a standard error"* ]]
}

@test "bootstrap intervals are those of choices, whatever the threads, and follow the seed" {
    votes_store
    panel() {
        entente panel --from 1979 --to 1981 --measures votes.agreement,votes.s,votes.tau_b,treaty.defense \
            --bootstrap 200 "$@"
    }
    [ "$(panel --seed 3 | head -n 1)" = "ccode1,ccode2,year,votes_agreement,votes_agreement_lo,votes_agreement_hi,votes_s,votes_s_lo,votes_s_hi,votes_tau_b,votes_tau_b_lo,votes_tau_b_hi,treaty_defense_12,treaty_defense_21" ]
    one=$(panel --seed 3 --threads 1 | sha256sum)
    [ "$(panel --seed 3 --threads 3 | sha256sum)" = "$one" ]
    [ "$(panel --seed 3 --states CHN,RUS)" = "$(panel --seed 3 | grep -e '^365,710,' -e '^ccode1')" ]
    [ "$(panel --seed 4 | sha256sum)" != "$one" ]
    low=$(panel --seed 3 | grep '^365,710,1980' | cut -d, -f5)
    [ "$(entente choices CHN RUS --year 1980 --measure agreement --bootstrap 200 --seed 3 --json |
        python3 -c 'import json, sys
for c in json.load(sys.stdin)["combinations"]:
    if c["of"] == "votes" and c["default"]: print("%.12g" % c["low"])')" = "$low" ]
    panel --seed 3 -q -o "$BATS_TEST_TMPDIR/p.csv"
    grep -q "Low end of the bootstrap interval (95 %, percentiles of 200 replicates of the items, seed 3)" "$BATS_TEST_TMPDIR/p.codebook.md"
    run entente panel --measures treaty.defense --bootstrap 100
    [ "$status" -eq 1 ]
    [[ "$output" == *"has a bootstrap interval"* ]]
    run entente panel --measures votes.s --bootstrap 1
    [ "$status" -eq 1 ]
    run entente panel --measures votes.s --bootstrap many
    [ "$status" -eq 2 ]
}

# Of Japan's trade of 100, 40 is with the United States, 10 with China, 30 with Russia.
@test "hedging is between the poles that are asked for" {
    printf 'ccode1,ccode2,year,flow1,flow2\n%s\n' 2,740,2014,20,20 710,740,2014,5,5 365,740,2014,20,10 \
        732,740,2014,10,10 >"$BATS_TEST_TMPDIR/flows.csv"
    entente import -q --store "$STORE" "$BATS_TEST_TMPDIR/flows.csv" >/dev/null
    panel() {
        run entente panel --store "$STORE" --unit state --from 2014 --to 2014 --states RUS,JPN \
            --measures hedging.trade,hedging.trade_volume,hedging.trade_lean "$@"
    }
    panel
    [ "$status" -eq 0 ]
    [ "${lines[2]}" = "740,2014,0.2,0.5,0.6" ]
    panel --poles RUS,CHN
    [ "${lines[1]}" = "365,2014,,," ] # a pole has no value
    [ "${lines[2]}" = "740,2014,0.2,0.4,0.5" ]
    panel --options poles=China/USA
    [ "${lines[2]}" = "740,2014,0.2,0.5,-0.6" ]
    panel --poles USA,USA
    [ "$status" -eq 1 ]
    panel --poles USA
    [ "$status" -eq 1 ]
    panel --poles USA,Ruritania
    [ "$status" -eq 1 ]
    run entente panel --store "$STORE" --measures trade.share --poles USA,RUS
    [ "$status" -eq 1 ]
    [[ "$output" == *"it is of hedging"* ]]
    entente panel --store "$STORE" --measures hedging.trade --poles USA,RUS -q -o "$BATS_TEST_TMPDIR/p.csv"
    grep -q -- "- Options: poles=USA/RUS" "$BATS_TEST_TMPDIR/p.codebook.md"
}

load helper

ties() {
    entente import --store "$STORE" -q --as "$1" --name ties --from-column a --to-column b --codes cow \
        --value level --value size:hours --zero-when-absent --cite "Ties of our own, 2026" \
        tests/fixtures/user/ties.csv >/dev/null
    export ENTENTE_STORE=$STORE
}

panel() {
    run entente panel --from 1820 --to 1820 --states USA,SPN --measures "$@"
    [ "$status" -eq 0 ]
}

@test "a column of one's own is a measure" {
    ties dyad-year
    run entente panel --from 1820 --to 1820 --states SPN,POR --measures user_ties
    [ "${lines[0]}" = "ccode1,ccode2,year,user_ties_level,user_ties_size" ]
    [ "${lines[1]}" = "230,235,1820,3,7.5" ]
    run entente measures --format tsv --dimension your-own
    [[ "$output" == *"user_ties.size"*"hours"* ]]
    run entente measures user_ties.level.kappa --format text
    [[ "$output" == *"kappa of level"* ]]
    run entente partners SPN --measure user_ties.size --year 1820 --top 1 --json
    [[ "$output" == *'"value": 7.5'* ]]
    entente panel --measures user_ties.size,user_ties.size.kappa -q -o "$BATS_TEST_TMPDIR/p.csv"
    grep -q "Ties of our own, 2026" "$BATS_TEST_TMPDIR/p.codebook.md"
    grep -q "SHA-256" "$BATS_TEST_TMPDIR/p.codebook.md"
    [ "$(entente panel --measures all | head -n 1)" = "ccode1,ccode2,year,user_ties_level,user_ties_size" ]
}

# 23 members.  The levels of the United States are 3 to itself and Turkey, those of Spain 3 to
# itself and Portugal, 1 to France: sum |d| 13, sum d^2 37, s 6, s' 7, q 18, q' 19.
@test "portfolios of one's own levels, by hand" {
    ties dyad-year
    panel user_ties.level.s,user_ties.level.kappa,user_ties.level.strict
    [ "${lines[1]}" = "2,230,1820,0.623188405797,-0.109517601043,0.782608695652" ]
    panel user_ties.level.strict --options self-ties=no,system=region # 19 of 20: Turkey is out
    [ "${lines[1]}" = "2,230,1820,0.9" ]
    panel user_ties.level.agreement --errors
    [[ "${lines[0]}" == *",user_ties_level_agreement,user_ties_level_agreement_se" ]]
    [[ "${lines[1]}" =~ ,0\.81159420289[0-9]*,0\.0[0-9]+$ ]]
}

# Sizes: 7.5 is the span and each one's own; sum |d| 25.5, sum d^2 175.25, s 10, s' 15.5.
@test "portfolios of ties of any size, by hand" {
    ties dyad-year
    panel user_ties.size.s,user_ties.size.agreement,user_ties.size.kappa,user_ties.size.pi
    [ "${lines[1]}" = "2,230,1820,0.704347826087,0.852173913043,-0.0833165356447,-0.0877382357902" ]
    run entente panel --measures user_ties.size.tau_b
    [ "$status" -eq 1 ]
    [[ "$output" == *"needs levels, whole numbers from 0 to 7"* ]]
    run entente panel --measures user_ties.size.s --errors
    [ "$status" -eq 1 ]
    [[ "$output" == *"standard error"* ]]
}

@test "of a directed table a state's position is its own" {
    ties directed-dyad-year
    run entente panel --from 1820 --to 1820 --states SPN,POR --measures user_ties.level,user_ties.level.strict
    [ "${lines[0]}" = "ccode1,ccode2,year,user_ties_level_12,user_ties_level_21,user_ties_level_strict" ]
    # Portugal owes nothing: they differ at Portugal (3 both: no), at Spain (3, 0) and at France.
    [ "${lines[1]}" = "230,235,1820,3,0,0.913043478261" ]
}

@test "a measure of one's own that is not there is answered with those that are" {
    ties dyad-year
    for wrong in "user_tie:it has user_ties" "user_ties.x:it has level, size" \
        "user_ties.level.foo:kappa_linear"; do
        run entente panel --measures "${wrong%%:*}"
        [ "$status" -eq 1 ]
        [[ "$output" == *"${wrong#*:}"* ]]
        [ "${wrong%%:*}" = user_tie ] && continue
        run entente measures "${wrong%%:*}"
        [ "$status" -eq 1 ]
    done
    entente import --store "$STORE" -q --as state-year --name wealth --state-column a --codes cow \
        --value size tests/fixtures/user/ties.csv >/dev/null
    run entente panel --unit state --measures user_wealth
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "ccode,year,user_wealth_size" ]
    run entente panel --measures user_wealth.size.kappa
    [ "$status" -eq 1 ]
    [[ "$output" == *"of one state"* ]]
    unset ENTENTE_STORE
    run entente panel --store "$BATS_TEST_TMPDIR/none.sqlite" --measures user_ties
    [ "$status" -eq 1 ]
}

# Two of 23 members in 1820 share organisations with others: 4 with Turkey and 2 with Portugal
# against 4 with Portugal and 1 between them; the largest, 4, is each one's tie with itself.
@test "shared organisations as portfolios, by hand" {
    printf 'ccode1,ccode2,year,dyadigos\n%s\n' 2,640,1820,4 230,640,1820,0 2,235,1820,2 230,235,1820,4 \
        2,230,1820,1 >"$BATS_TEST_TMPDIR/igo.csv"
    entente import -q --store "$STORE" "$BATS_TEST_TMPDIR/igo.csv" >/dev/null
    # At the United States 4 and 1, at Spain 1 and 4, at Turkey 4 and 0, at Portugal 2 and 4:
    # sum |d| 12, sum d^2 38, s 11, s' 9, q 37, q' 33, n 4, D 4; the other targets are not known.
    run entente panel --store "$STORE" --from 1820 --to 1820 --states USA,SPN \
        --measures igo.ties_s,igo.ties_agreement,igo.ties_kappa
    [ "${lines[1]}" = "2,230,1820,-0.5,0.25,-0.853658536585" ]
}

members() {
    entente import --store "$STORE" -q --as state-organisation-year --name bodies --state-column state \
        --organisation-column body --codes cow --missing -9 "$@" tests/fixtures/user/members.csv >/dev/null
    export ENTENTE_STORE=$STORE
}

# At Alpha to Delta, Epsilon and Theta the United States are 1 2 0 1 0 1 and Spain 1 1 2 0 0 0: sum |d|
# 5, sum d^2 7, s 5, s' 4, q 7, q' 6, n 6, D 2.  Nobody is in Zeta, and of Eta one is not known.
@test "portfolios of memberships, by hand" {
    members --value level --zero-when-absent
    panel user_bodies.level,user_bodies.level.s,user_bodies.level.s_squared,user_bodies.level.kappa,user_bodies.level.pi
    [ "${lines[0]}" = "ccode1,ccode2,year,user_bodies_level,user_bodies_level_s,user_bodies_level_s_squared,user_bodies_level_kappa,user_bodies_level_pi" ]
    [ "${lines[1]}" = "2,230,1820,2,0.166666666667,0.416666666667,-0.105263157895,-0.12" ]
    panel user_bodies.level.agreement,user_bodies.level.strict,user_bodies.level.tau_b
    [ "${lines[1]}" = "2,230,1820,0.583333333333,0.333333333333,0" ]
    panel user_bodies.level.agreement --errors
    [[ "${lines[1]}" =~ ,0\.58333333333[0-9]*,0\.[0-9]+$ ]]
    # Nothing is known of 1821, in which no body has a member, nor of 1819 and 1823.
    run entente panel --from 1819 --to 1823 --states USA,SPN --measures user_bodies
    [ "$(printf '%s\n' "${lines[@]}" | cut -d , -f 3- | tr '\n' ' ')" = "year,user_bodies_level 1819, 1820,2 1821, 1822,0 1823, " ]
    run entente trace USA SPN user_bodies.level 1820
    [ "$status" -eq 0 ]
    [[ "$output" == *"level 2.0, organisation_name Beta"* ]]
    run entente measures user_bodies.level.kappa --format text
    [[ "$output" == *"in all organisations"* ]]
}

# Without values a row is a membership, whatever else it says: both are in Alpha, Beta and Eta, and
# neither in Epsilon and Zeta.
@test "a list of members needs no value" {
    members
    panel user_bodies,user_bodies.member.strict
    [ "${lines[0]}" = "ccode1,ccode2,year,user_bodies_member,user_bodies_member_strict" ]
    [ "${lines[1]}" = "2,230,1820,3,0.625" ]
    panel user_bodies.member.kappa # s 5, s' 4, q 5, q' 4, sum d^2 3 of 8: 1 - 3 / (9 - 5)
    [ "${lines[1]}" = "2,230,1820,0.25" ]
}

@test "memberships without a row for all say nothing of them; other values have no likeness" {
    members --value level
    panel user_bodies.level # of Alpha and Beta both are known
    [ "${lines[1]}" = "2,230,1820,2" ]
    panel user_bodies.level.strict
    [ "${lines[1]}" = "2,230,1820,0.5" ]
    run entente import --store "$STORE" -q --as dyad-year --name x --from-column state --to-column body \
        --organisation-column body --value level tests/fixtures/user/members.csv
    [ "$status" -eq 2 ]
    run entente import --store "$STORE" -q --as state-organisation-year --name x --state-column state \
        --value level tests/fixtures/user/members.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *organisation* ]]
    printf 'state,organisation,year,share\nUSA,A,1820,0.5\nSPN,A,1820,9\n' >"$BATS_TEST_TMPDIR/f.csv"
    entente import --store "$STORE" -q --as state-organisation-year --name f --state-column state \
        --codes cow --value share "$BATS_TEST_TMPDIR/f.csv" >/dev/null
    panel user_f.share
    [ "${lines[1]}" = "2,230,1820,1" ]
    run entente panel --measures user_f.share.kappa
    [ "$status" -eq 1 ]
    [[ "$output" == *"needs levels"* ]]
}

@test "a dossier has one's own tables, in a section of their own" {
    ties directed-dyad-year
    members --value level --zero-when-absent
    run entente dyad SPN POR --year 1820 --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"Your own tables"*"shared organisations, by level"*"user_bodies"* ]]
    [[ "$output" == *"ESP→PRT  7.5 hours  1820"*"user_ties"* ]]
    [[ "$output" == *Sources*user_ties* ]]
    entente dyad SPN POR --year 1820 --format tsv | grep -q $'^your own tables\tuser_ties.level\tlevel\tESP\tPRT\t3\t'
    entente dyad USA SPN --json >"$BATS_TEST_TMPDIR/d.json" # the latest: of 1822, in which Spain is in nothing
    grep -A 24 '"user_bodies.level"' "$BATS_TEST_TMPDIR/d.json" | grep -q '"value": 0'
    run entente dyad USA SPN --from 1818 --to 1822 --format tsv
    [ "$status" -eq 0 ]
    [[ "$output" == *user_bodies.level*1820*2* ]]
    run entente cite SPN POR --year 1820 --format text
    [[ "$output" == *"Ties of our own, 2026"* ]]
    run entente dyad SPN POR --year 1820 --measures trade.share
    [[ "$output" != *user_* ]]
}

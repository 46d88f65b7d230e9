bats_require_minimum_version 1.5.0
load helper

# Votes of twelve states in four sessions, made up; in a fifth all vote alike.
voted() {
    export ENTENTE_STORE=$STORE
    entente import -q tests/fixtures/ideal/votes.csv >/dev/null
    OUT=$BATS_TEST_TMPDIR
}

# A short run of the sampler that need not converge.
short=(--chains 2 --burn 50 --draws 40 --thin 2 --accept-unconverged)

@test "a quick run: a page on a terminal, a table in a pipe, files as they are called" {
    voted
    golden ideal.txt ideal --quick --format text -q
    entente ideal -q --quick >"$OUT/piped.tsv"
    entente ideal -q --quick -o "$OUT/a.csv" --items "$OUT/items.json" --report "$OUT/run.html" >"$OUT/said"
    grep -q '^47 estimates in ' "$OUT/said"
    diff <(tr '\t' , <"$OUT/piped.tsv") <(sed 's/"//g' "$OUT/a.csv")
    [ "$(wc -l <"$OUT/a.csv")" -eq 48 ]
    head -1 "$OUT/a.csv" | grep -q '^state,ccode,name,session,year,votes,ideal_point,sd,q5,q95,'
    grep -q '"discrimination": ' "$OUT/items.json"
    grep -q '<svg' "$OUT/run.html"
    run entente ideal -q --quick -o - --json
    [[ "$output" == *'"method": "variational EM"'*'"votes": 481'*'"state": "USA"'* ]]
}

@test "those whom nothing tells apart are named" {
    voted
    run --separate-stderr entente ideal --quick -o "$OUT/a.csv"
    [ "$status" -eq 0 ]
    [[ "$stderr" == *"no estimates in session 46: no vote used there tells states apart"* ]]
    [[ "$stderr" == *"no estimates of KOR: all votes of the state are left out"* ]]
    ! grep -q '^KOR,' "$OUT/a.csv"
    ! grep -q ',46,1991,' "$OUT/a.csv"
}

@test "the same seed gives the same bytes on one thread and on two; another seed does not" {
    voted
    for method in "" --published; do
        entente ideal -q $method "${short[@]}" --threads 1 -o "$OUT/1.csv" --items "$OUT/1.items.csv" --report "$OUT/1.html"
        entente ideal -q $method "${short[@]}" --threads 2 -o "$OUT/2.csv" --items "$OUT/2.items.csv" --report "$OUT/2.html"
        cmp "$OUT/1.csv" "$OUT/2.csv"
        cmp "$OUT/1.items.csv" "$OUT/2.items.csv"
        cmp "$OUT/1.html" "$OUT/2.html"
        entente ideal -q $method "${short[@]}" --seed 2 -o "$OUT/3.csv"
        ! cmp -s "$OUT/1.csv" "$OUT/3.csv"
    done
}

@test "a run that has not converged says of whom, and exits with 1 unless told otherwise" {
    voted
    run entente ideal --chains 2 --burn 1 --draws 6 --thin 1 -o "$OUT/a.csv"
    [ "$status" -eq 1 ]
    [[ "$output" == *"not converged: R-hat is above 1.05 for "*"worst "*" in session "* ]]
    [ -s "$OUT/a.csv" ]
    entente data entente_ideal --format text | grep -q "joint paths"
    entente ideal -q --chains 2 --burn 1 --draws 6 --thin 1 --accept-unconverged -o "$OUT/a.csv"
}

# A run that takes long enough to be stopped in its middle.
long=(--threads 1 --chains 2 --burn 500 --draws 500 --thin 20 --accept-unconverged)

interrupted() {
    "$ENTENTE" ideal "${long[@]}" -o "$OUT/a.csv" 2>"$OUT/err" >/dev/null &
    local job=$!
    for _ in $(seq 100); do
        sleep 0.05
        kill -0 $job 2>/dev/null || return 1
        [ "$(ps -o cputimes= -p $job | tr -d ' ')" -ge 1 ] && break
    done
    kill -INT $job
    local status=0
    wait $job || status=$?
    [ "$status" -eq 130 ]
}

@test "interrupted, it is kept, and goes on to the same bytes" {
    voted
    interrupted
    grep -qE "stopped after [0-9]+ of 21000 sweeps, which are kept in .*store.sqlite.ideal" "$OUT/err"
    grep -q "entente ideal --resume" "$OUT/err"
    [ ! -e "$OUT/a.csv" ]
    [ -s "$STORE.ideal" ]
    entente ideal -q --resume --accept-unconverged -o "$OUT/a.csv" --items "$OUT/a.items.csv"
    [ ! -e "$STORE.ideal" ]
    entente ideal -q "${long[@]}" -o "$OUT/b.csv" --items "$OUT/b.items.csv"
    cmp "$OUT/a.csv" "$OUT/b.csv"
    cmp "$OUT/a.items.csv" "$OUT/b.items.csv"
}

@test "a checkpoint of other votes, a damaged one and none are refused" {
    voted
    run entente ideal --resume
    [ "$status" -eq 1 ]
    [[ "$output" == *"store.sqlite.ideal: cannot read the checkpoint"* ]]
    interrupted
    cp "$STORE.ideal" "$OUT/kept"
    run entente ideal --resume --seed 4
    [ "$status" -eq 2 ]
    [[ "$output" == *"leave out --seed"* || "$output" == *"leave out seed"* ]]
    printf 'x' | dd of="$STORE.ideal" bs=1 seek=5000 conv=notrunc 2>/dev/null
    run entente ideal --resume
    [ "$status" -eq 1 ]
    [[ "$output" == *"this checkpoint is damaged; the run must begin anew"* ]]
    echo "state,votes" >"$STORE.ideal"
    run entente ideal --resume
    [[ "$output" == *"this is no checkpoint of a run"* ]]
    cp "$OUT/kept" "$STORE.ideal"
    head -400 tests/fixtures/ideal/votes.csv >"$OUT/fewer.csv"
    entente import -q --replace "$OUT/fewer.csv" >/dev/null
    run entente ideal --resume
    [ "$status" -eq 1 ]
    [[ "$output" == *"the checkpoint is of other votes than those in the store now"* ]]
    [ -s "$STORE.ideal" ]
}

@test "matches: linked, unknown ones left out and said, other votes, cycles and text refused" {
    voted
    run entente ideal --quick --matches tests/fixtures/ideal/matches.csv --format text
    [ "$status" -eq 0 ]
    [[ "$output" == *"35 resolutions, linked by the matches file"* ]]
    run entente ideal --quick --matches tests/fixtures/ideal/matches_unknown.csv -o "$OUT/a.csv"
    [ "$status" -eq 0 ]
    [[ "$output" == *"1 match is left out"*"matches_unknown.csv:3:3: no roll call has the number 999"* ]]
    run entente ideal --quick --matches tests/fixtures/ideal/matches_other.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"matches_other.csv:2:2: no roll call has the number 5001"*"of other votes"* ]]
    run entente ideal --quick --matches tests/fixtures/ideal/matches_cycle.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"matches_cycle.csv:5:3: that roll call 101 repeats 125 closes a cycle of 3 matches"* ]]
    run entente ideal --quick --matches tests/fixtures/ideal/matches_text.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *'matches_text.csv:3:2: "eleven" is no number of a roll call'* ]]
    run entente ideal --quick --matches tests/fixtures/ideal/votes.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"votes.csv:1: a matches file has columns rcid1 and rcid2"* ]]
}

@test "without matches identical titles link, each once in its session, and it is said" {
    voted
    said() {
        entente ideal -q --quick --json "$@" | sed -n 's/^ "\(items\|repeated_resolutions\)": //p' | head -2 | tr -d '\n'
    }
    [ "$(said --link titles)" = '"not linked: there are neither matches nor titles in the store",43,' ]
    entente import -q tests/fixtures/ideal/titles.csv >/dev/null
    [ "$(said)" = '"linked by identical titles, as no matches are in the store",41,' ]
    entente import -q tests/fixtures/ideal/matches.csv >/dev/null
    [ "$(said)" = '"linked by the published matches in the store",35,' ]
    [ "$(said --link none)" = '"not linked, as asked",43,' ]
}

@test "too few votes, states without any, sessions that are none" {
    voted
    run entente ideal --quick --sessions 46-46
    [ "$status" -eq 1 ]
    [[ "$output" == *"no vote is left of 12"*"unanimous"* ]]
    run entente ideal --quick --sessions 60-70
    [ "$status" -eq 1 ]
    [[ "$output" == *"unga has no votes in the sessions asked for"* ]]
    run entente ideal --quick --min-votes 100
    [ "$status" -eq 1 ]
    run entente ideal --quick --anchors USA,Fiji
    [ "$status" -eq 1 ]
    [[ "$output" == *"FJI has no votes here, and cannot fix the sign"* ]]
    run entente ideal --quick --anchors USA,USA
    [ "$status" -eq 1 ]
    run entente ideal --quick --issue hr
    [ "$status" -eq 1 ]
    [[ "$output" == *"nothing in the store says what the roll calls are about"* ]]
    run entente ideal --quick --issue peace
    [ "$status" -eq 1 ]
    [[ "$output" == *'no issue is called "peace"'* ]]
    run entente ideal --quick --source unga2015
    [ "$status" -eq 1 ]
    run entente ideal --quick --draws 10
    [ "$status" -eq 1 ]
    run entente ideal --sessions 50-40
    [ "$status" -eq 2 ]
    run entente ideal --keep-draws --no-store
    [ "$status" -eq 2 ]
    small_store
    run entente ideal --store "$BATS_TEST_TMPDIR/none.sqlite"
    [ "$status" -eq 1 ]
    [ ! -e "$BATS_TEST_TMPDIR/none.sqlite" ]
}

@test "the sign is that of the states named" {
    voted
    entente ideal -q --quick --no-store --anchors Cuba,USA -o "$OUT/turned.csv"
    [ "$(grep '^USA,.*,40,1985' "$OUT/turned.csv" | cut -d, -f7 | cut -c1)" = - ]
    entente ideal -q --quick --no-store -o "$OUT/usual.csv"
    [ "$(grep '^USA,.*,40,1985' "$OUT/usual.csv" | cut -d, -f7 | cut -c1)" != - ]
}

@test "the run is a source of measures, traced to its votes, and out of date when these change" {
    voted
    entente ideal -q --quick --matches tests/fixtures/ideal/matches.csv -o "$OUT/a.csv" >/dev/null
    value=$(entente partners USA --measure ideal.point --year 1986 2>&1 || true)
    [[ "$value" == *"is of one state"* ]]
    entente dyad USA RUS --year 1986 --json --measures ideal.distance,ideal.closer,ideal.point >"$OUT/d.json"
    grep -q '"low": ' "$OUT/d.json"
    [ "$(entente panel --unit state --measures ideal.point@entente_ideal --from 1986 --to 1986 --states USA --no-codebook | tail -1 | cut -d, -f3)" = \
        "$(grep '^USA,.*,41,1986' "$OUT/a.csv" | cut -d, -f7)" ]
    run entente trace USA RUS ideal.distance 1986 --source entente_ideal --format text
    [[ "$output" == *"entente_ideal_pair"* || "$output" == *"state_a USA"* ]]
    [[ "$output" == *"entente ideal --quick --source unga --matches"*"matches.csv"*"tests/fixtures/ideal/votes.csv"* ]]
    entente cite | grep -q "Estimated with Entente"
    run entente data entente_ideal --format text
    [[ "$output" != *"out of date"* ]]
    head -400 tests/fixtures/ideal/votes.csv >"$OUT/fewer.csv"
    run entente import --replace "$OUT/fewer.csv"
    [[ "$output" == *"unga was imported anew since ideal points were estimated"* ]]
    run entente data --format text
    [[ "$output" == *"entente_ideal is out of date: unga was imported anew"* ]]
    run entente ideal -q --quick --format text
    [[ "$output" == *"In the store, in the place of: variational EM, sessions 40 to 45, seed 1."* ]]
    run entente data --format text
    [[ "$output" != *"out of date"* ]]
}

@test "draws are kept on request, and nothing with --no-store" {
    voted
    before=$(sha256sum <"$STORE")
    entente ideal -q --quick --no-store -o "$OUT/a.csv"
    [ "$(sha256sum <"$STORE")" = "$before" ]
    many=(--chains 2 --burn 50 --draws 500 --thin 1 --accept-unconverged)
    entente ideal -q "${many[@]}" -o "$OUT/a.csv"
    plain=$(stat -c %s "$STORE")
    entente ideal -q "${many[@]}" --keep-draws -o "$OUT/a.csv"
    [ "$(stat -c %s "$STORE")" -gt $((plain + 47 * 1000 * 4 / 2)) ]
}

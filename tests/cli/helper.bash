# What every command's tests share: a store of their own, and golden outputs.
#
# ENTENTE is the program (else build/cli/entente).  With ENTENTE_UPDATE_GOLDEN=1, as
# tests/run --update sets it, golden outputs are written and not compared.

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || exit 1
    ENTENTE=$(realpath "${ENTENTE:-build/cli/entente}")
    export XDG_DATA_HOME=$BATS_TEST_TMPDIR HOME=$BATS_TEST_TMPDIR
    export LC_ALL=C.UTF-8 COLUMNS=100 NO_COLOR=1
    export ENTENTE_DATA=$BATS_TEST_TMPDIR/no-panel
    unset ENTENTE_STORE
    STORE=$BATS_TEST_TMPDIR/store.sqlite
}

entente() {
    "$ENTENTE" "$@"
}

# A small store of hand-written rows.
small_store() {
    entente import -q --store "$STORE" tests/fixtures/cow_trade/flows.csv \
        tests/fixtures/atop/dyads.csv >/dev/null
    export ENTENTE_STORE=$STORE
}

# Compare the output of a command, and its status 0, with tests/golden/NAME.
golden() {
    local name=$1 expected=tests/golden/$1 got=$BATS_TEST_TMPDIR/$1
    shift
    "$ENTENTE" "$@" >"$got" || return 1
    if [ -n "${ENTENTE_UPDATE_GOLDEN:-}" ]; then
        cp "$got" "$expected"
        return 0
    fi
    diff -u "$expected" "$got"
}

# The published data, or the test is skipped with a message.
real_data() {
    DATA=${ENTENTE_TEST_DATA:-../shared/data}
    [ -r "$DATA/$1" ] || skip "$1 is not here (set ENTENTE_TEST_DATA)"
}

# A test of numbers that takes minutes under sanitizers, and shows nothing there.
plain_only() {
    [ -z "${ENTENTE_SANITIZED:-}" ] || skip "it is run on the plain build"
}

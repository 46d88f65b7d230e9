# Every command has a man page, and the page has every option that --help shows.

bats_require_minimum_version 1.5.0

setup() {
    root="$BATS_TEST_DIRNAME/../.."
    entente="${ENTENTE:-$root/build/cli/entente}"
}

commands() {
    "$entente" --help | awk '/^  [a-z]+ +[a-z]/ && $1 != "help" { print $1 }' | grep -v '^-'
}

@test "every command has a page, and entente(1) names it" {
    [ "$(commands | wc -l)" -ge 5 ]
    for command in $(commands); do
        [ -f "$root/man/entente-$command.1.scd" ] || {
            echo "no man page of $command"
            return 1
        }
        grep -q "^\*$command\*" "$root/man/entente.1.scd" || {
            echo "entente(1) does not name $command"
            return 1
        }
        grep -q "'entente-$command.1'" "$root/man/meson.build"
    done
}

@test "every option of --help stands in the command's page or in entente(1)" {
    for command in $(commands); do
        options=$("$entente" "$command" --help | grep -oE -- '^ +(-., +)?--[a-z-]+' |
            grep -oE -- '--[a-z-]+')
        [ -n "$options" ]
        for option in $options; do
            cat "$root/man/entente-$command.1.scd" "$root/man/entente.1.scd" |
                grep -qF -e "*$option*" || {
                echo "$command: no $option in its man page"
                return 1
            }
        done
    done
}

@test "no page describes an option that its command refuses" {
    for command in $(commands); do
        page="$root/man/entente-$command.1.scd"
        help=$("$entente" "$command" --help)
        for option in $(grep -oE '^\*(-.\*, \*)?--[a-z-]+' "$page" | grep -oE -- '--[a-z-]+'); do
            grep -qF -e "$option" <<<"$help" || {
                echo "$command has no $option"
                return 1
            }
        done
    done
}

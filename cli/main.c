/* entente: the command line. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

const char *argp_program_version = "entente 0.1.0";

static const char *const group_titles[CLI_GROUPS] = {
    [CLI_ASK] = "Ask about two states",
    [CLI_DATA] = "Bring in data",
    [CLI_KNOW] = "What Entente knows",
};

static void print_help(void)
{
    fputs("Usage: entente COMMAND [options] ARGUMENTS\n"
          "\n"
          "Entente measures how allied two states are, from the datasets of international\n"
          "relations as their publishers ship them; each number comes with its source.\n",
          stdout);
    for (int g = 0; g < CLI_GROUPS; g++) {
        bool titled = false;

        for (const struct cli_command *c = cli_commands; c->name; c++) {
            if ((int)c->group != g)
                continue;
            if (!titled)
                printf("\n%s\n", group_titles[g]);
            titled = true;
            printf("  %-10s %s\n", c->name, c->summary);
        }
    }
    fputs("\n"
          "Options of every command\n"
          "  --store PATH     the store to use (else $ENTENTE_STORE, else your data folder)\n"
          "  --json           write JSON; --format text|tsv|json says which of the three\n"
          "  -q, -v           say less, say more\n"
          "  --help           explain a command: entente COMMAND --help\n"
          "  --version        the version of this program\n"
          "\n"
          "Tables are aligned text on a terminal and tab-separated values in a pipe.\n"
          "Exit status: 0 done, 1 failed, 2 wrong usage, 3 the answer is no, 130 interrupted.\n"
          "\n"
          "Example: entente states Germany\n",
          stdout);
}

static error_t parse_main(int key, char *arg, struct argp_state *state)
{
    (void)arg;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = state->input;
        return 0;
    case '?':
        print_help();
        exit(fflush(stdout) == 0 ? CLI_OK : CLI_FAILED);
    case 'V':
        puts(argp_program_version);
        exit(fflush(stdout) == 0 ? CLI_OK : CLI_FAILED);
    case ARGP_KEY_ARG:
        state->next--; /* the command: its own parser takes over there */
        state->argc = state->next;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* What was written must have arrived: a full disk shows only now. */
static int close_output(int status)
{
    bool failed = ferror(stdout) != 0;

    if (fclose(stdout) != 0 || failed) {
        perror("entente: writing the answer");
        return status == CLI_OK ? CLI_FAILED : status;
    }
    return status;
}

int cmd_help(struct cli *cli, int argc, char **argv)
{
    const struct cli_command *command;
    char help[] = "--help";
    char *args[] = { argv[0], help, NULL };
    char name[64];

    if (argc < 2 || strcmp(argv[1], "help") == 0 || argv[1][0] == '-') {
        print_help();
        return CLI_OK;
    }
    command = cli_find_command(argv[1]);
    if (!command)
        return CLI_USAGE;
    snprintf(name, sizeof(name), "entente %s", command->name);
    args[0] = name;
    return command->run(cli, 2, args);
}

int main(int argc, char **argv)
{
    static const struct argp_option options[] = {
        { "help", '?', NULL, 0, "explain", 0 },
        { "version", 'V', NULL, 0, "the version", 0 },
        { 0 },
    };
    static const struct argp argp = { options, parse_main, "COMMAND [options] ARGUMENTS", NULL,
                                      cli_common };
    static char program[] = "entente"; /* whatever path it was called by */
    struct cli cli = { 0 };
    const struct cli_command *command;
    char name[64];
    int first = argc;

    setlocale(LC_CTYPE, "");
    argp_err_exit_status = CLI_USAGE;
    if (argc > 0)
        argv[0] = program;
    if (argp_parse(&argp, argc, argv, ARGP_IN_ORDER | ARGP_NO_HELP, &first, &cli) != 0)
        return CLI_USAGE;
    if (first >= argc) {
        fputs("entente: no command\n"
              "Usage: entente COMMAND [options] ARGUMENTS (see entente --help)\n",
              stderr);
        return CLI_USAGE;
    }
    command = cli_find_command(argv[first]);
    if (!command)
        return CLI_USAGE;
    snprintf(name, sizeof(name), "entente %s", command->name);
    argv[first] = name;
    return close_output(command->run(&cli, argc - first, argv + first));
}

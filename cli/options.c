/* Options that every command takes. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli.h"

enum {
    KEY_STORE = 1000,
    KEY_JSON,
    KEY_FORMAT,
};

static const struct argp_option options[] = {
    { NULL, 0, NULL, 0, "Of every command:", 90 },
    { "store", KEY_STORE, "PATH", 0, "the store to use", 90 },
    { "json", KEY_JSON, NULL, 0, "write JSON", 90 },
    { "format", KEY_FORMAT, "FORMAT", 0,
      "text, html, markdown, tsv or json (text on a terminal, else tsv)", 90 },
    { "quiet", 'q', NULL, 0, "no progress, no warnings", 90 },
    { "verbose", 'v', NULL, 0, "say more", 90 },
    { 0 },
};

/* Set the format by its name; false when there is none of the name. */
static bool set_format(struct cli *cli, const char *name)
{
    static const struct {
        const char *name;
        enum cli_format format;
        enum cli_medium medium;
    } formats[] = {
        { "text", CLI_TEXT, CLI_TERMINAL },     { "html", CLI_TEXT, CLI_HTML },
        { "markdown", CLI_TEXT, CLI_MARKDOWN }, { "tsv", CLI_TSV, CLI_TERMINAL },
        { "json", CLI_JSON, CLI_TERMINAL },
    };

    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (strcmp(name, formats[i].name) == 0) {
            cli->format = formats[i].format;
            cli->medium = formats[i].medium;
            return true;
        }
    }
    return false;
}

static error_t parse_common(int key, char *arg, struct argp_state *state)
{
    struct cli *cli = state->input;

    switch (key) {
    case KEY_STORE:
        cli->store = arg;
        return 0;
    case KEY_JSON:
        cli->format = CLI_JSON;
        return 0;
    case KEY_FORMAT:
        if (!set_format(cli, arg))
            argp_error(state, "unknown format \"%s\": it is text, html, markdown, tsv or json",
                       arg);
        return 0;
    case 'q':
        cli->quiet = true;
        return 0;
    case 'v':
        cli->verbose++;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp common = { options, parse_common };

const struct argp_child cli_common[] = { { &common, 0, NULL, 0 }, { 0 } };

void cli_parse(const struct argp *argp, int argc, char **argv, void *input)
{
    /* argp calls only what it does not understand an error; the parsers end by themselves. */
    if (argp_parse(argp, argc, argv, 0, NULL, input) != 0)
        exit(CLI_USAGE);
}

error_t cli_parse_other(int key, struct argp_state *state, struct cli *cli)
{
    if (key == ARGP_KEY_INIT) {
        state->child_inputs[0] = cli;
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

/* The year of this machine's clock. */
static int present_year(void)
{
    time_t now = time(NULL);
    struct tm utc = { 0 };

    gmtime_r(&now, &utc);
    return utc.tm_year + 1900;
}

/* A year to come has nothing observed, and carrying the past so far would mislead. */
int cli_year(struct argp_state *state, const char *text)
{
    int last = present_year();
    char *end;
    long year;

    errno = 0;
    year = strtol(text, &end, 10);
    if (end == text || *end || errno || year < 1816 || year > last)
        argp_error(state, "\"%s\" is no year from 1816 to %d", text, last);
    return (int)year;
}

/* The table of commands.  One line and one file cmd_NAME.c add one. */
#include <string.h>

#include "cli.h"
#include "entente/str.h"

const struct cli_command cli_commands[] = {
    { "assess", CLI_ASK, "does this pair behave like an alliance?  The verdict", cmd_assess },
    { "dyad", CLI_ASK, "how two states stand to each other: the dossier", cmd_dyad },
    { "trace", CLI_ASK, "the files, rows and steps behind one number", cmd_trace },
    { "rank", CLI_ASK, "all pairs of a year, by the verdict or by a measure", cmd_rank },
    { "partners", CLI_ASK, "one state against all others, by a measure", cmd_partners },
    { "panel", CLI_ASK, "every dyad in every year as a dataset", cmd_panel },
    { "choices", CLI_ASK, "a number under every sensible convention: the spread", cmd_choices },
    { "claim", CLI_ASK, "whether one thing that is said is so", cmd_claim },
    { "check", CLI_ASK, "a list of claims, each answered by every source", cmd_check },
    { "sources", CLI_ASK, "a measure by every source, side by side", cmd_sources },
    { "cite", CLI_ASK, "how to cite what is loaded, or what a dossier rests on", cmd_cite },
    { "import", CLI_DATA, "read published files, or your own, into the store", cmd_import },
    { "data", CLI_DATA, "list the datasets: what is loaded, where to get the rest", cmd_data },
    { "ideal", CLI_DATA, "estimate UN ideal points from the votes in the store", cmd_ideal },
    { "evaluate", CLI_DATA, "how far the reference-class model can be trusted", cmd_evaluate },
    { "fit", CLI_DATA, "fit the reference-class model that ships with Entente", cmd_fit },
    { "starter", CLI_DATA, "compute the starter panel that ships with Entente", cmd_starter },
    { "states", CLI_KNOW, "look up states: names, codes, years of membership", cmd_states },
    { "measures", CLI_KNOW, "the measures: what they say, and from what", cmd_measures },
    { "help", CLI_KNOW, "explain a command", cmd_help },
    { NULL },
};

const struct cli_command *cli_find_command(const char *name)
{
    enum {
        MOST = 32,
    };
    const char *names[MOST];
    size_t count = 0;
    size_t nearest;

    for (const struct cli_command *c = cli_commands; c->name; c++) {
        if (strcmp(c->name, name) == 0)
            return c;
        if (count < MOST)
            names[count++] = c->name;
    }
    nearest = ent_nearest(name, names, count);
    if (nearest < count)
        fprintf(stderr,
                "entente: no command \"%s\"; did you mean %s?\n"
                "Usage: entente COMMAND [options] ARGUMENTS (see entente --help)\n",
                name, names[nearest]);
    else
        fprintf(stderr,
                "entente: no command \"%s\"\n"
                "Usage: entente COMMAND [options] ARGUMENTS (see entente --help)\n",
                name);
    return NULL;
}

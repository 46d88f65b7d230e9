/*
 * What the commands share: options that all of them take, the page they write on,
 * and how they report errors.
 */
#ifndef ENTENTE_CLI_H
#define ENTENTE_CLI_H

#include <argp.h>
#include <stdbool.h>
#include <stdio.h>

#include "entente/data.h"
#include "entente/document.h"
#include "entente/json.h"
#include "entente/measure.h"
#include "entente/status.h"
#include "entente/store.h"

/* Exit statuses. */
enum {
    CLI_OK = 0,
    CLI_FAILED = 1,
    CLI_USAGE = 2,
    CLI_NO = 3, /* it ran, and the answer is no */
    CLI_INTERRUPTED = 130,
};

enum cli_format {
    CLI_AUTO = 0, /* text on a terminal, else TSV */
    CLI_TEXT,
    CLI_TSV,
    CLI_JSON,
};

/* What a page of text is written for. */
enum cli_medium {
    CLI_TERMINAL = 0,
    CLI_HTML,
    CLI_MARKDOWN,
};

struct cli {
    const char *store; /* as given with --store; NULL: the default */
    enum cli_format format;
    enum cli_medium medium; /* of CLI_TEXT */
    bool quiet;
    int verbose;
};

enum cli_group {
    CLI_ASK = 0,
    CLI_DATA,
    CLI_KNOW,
    CLI_GROUPS,
};

struct cli_command {
    const char *name;
    enum cli_group group;
    const char *summary;
    int (*run)(struct cli *cli, int argc, char **argv);
};

/* All commands, ended by a NULL name. */
extern const struct cli_command cli_commands[];

/* The command with a name, or NULL after a message that names the nearest. */
const struct cli_command *cli_find_command(const char *name);

/*
 * Options that every command takes: the child of each command's argp, whose input
 * is the struct cli.  cli_parse ends the program on a mistake (status 2), --help
 * and --version; the first element of `input` must be a struct cli *.
 */
extern const struct argp_child cli_common[];
void cli_parse(const struct argp *argp, int argc, char **argv, void *input);

/* What a command's parser does for keys that are not its own. */
error_t cli_parse_other(int key, struct argp_state *state, struct cli *cli);

/* A year given as an option or argument; ends the program with a message when it is none. */
int cli_year(struct argp_state *state, const char *text);

/* Print "entente: MESSAGE" with its place; returns CLI_FAILED. */
int cli_fail(const struct ent_error *err);

/* The same for a formatted message. */
int cli_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A warning, unless --quiet. */
void cli_warn(const struct cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The format to write in: never CLI_AUTO. */
enum cli_format cli_output(const struct cli *cli);

/* Whether the terminal, or what stands for it, takes more than ASCII. */
bool cli_unicode(void);

/* How wide the page is. */
int cli_width(void);

/*
 * Write a document (as text, HTML, Markdown or TSV) or JSON on standard output, and free it.
 * Return an exit status.
 */
int cli_write(const struct cli *cli, struct ent_document *doc);
int cli_write_json(struct ent_json *json);

/* A section of a table, named for a dimension. */
void cli_section(struct ent_document *page, enum ent_dimension dimension);

/* Open the store to read.  *store stays NULL, with ENT_OK, when there is none and it may be so.
 */
enum cli_need {
    CLI_NEED_STORE = 0,
    CLI_MAY_LACK_STORE,
};
ENT_MUST_CHECK enum ent_status cli_open_store(const struct cli *cli, enum cli_need need,
                                              struct ent_store **store, struct ent_error *err);

/*
 * The path of something among the data that ship with Entente ("starter/panel.csv.gz",
 * "cases"): in ENTENTE_DATA where that is set, else beside the build or where it was
 * installed.  false when it is not there.
 */
bool cli_data_path(const char *within, char *path, size_t size);

/*
 * The words of a list with commas between, which is cut up where it stands (NULL: none);
 * *count is how many.  Free the array.
 */
const char **cli_split(char *list, size_t *count);

/* Memory that is there, or the program ends with status 1. */
void *cli_alloc(size_t count, size_t size);
void *cli_grow(void *at, size_t *capacity, size_t need, size_t size);
char *cli_copy(const char *text);

/* Progress on a terminal; pass cli_progress_show with it as context. */
struct cli_progress {
    const struct cli *cli;
    bool timed; /* say how much time is left: every step takes about as long */
    bool shown; /* something stands on the line */
    bool counting;
    size_t first; /* steps that were done when it began */
    long long started_ms, drawn_ms, counting_ms;
};
void cli_progress_begin(struct cli_progress *progress, const struct cli *cli);
int cli_progress_show(void *context, const char *phase, size_t done, size_t total);
void cli_progress_end(struct cli_progress *progress);

/* Catch SIGINT once, so that long work can roll back; whether it came. */
void cli_catch_interrupt(void);
bool cli_interrupted(void);

int cmd_assess(struct cli *cli, int argc, char **argv);
int cmd_choices(struct cli *cli, int argc, char **argv);
int cmd_check(struct cli *cli, int argc, char **argv);
int cmd_claim(struct cli *cli, int argc, char **argv);
int cmd_cite(struct cli *cli, int argc, char **argv);
int cmd_data(struct cli *cli, int argc, char **argv);
int cmd_dyad(struct cli *cli, int argc, char **argv);
int cmd_evaluate(struct cli *cli, int argc, char **argv);
int cmd_fit(struct cli *cli, int argc, char **argv);
int cmd_help(struct cli *cli, int argc, char **argv);
int cmd_ideal(struct cli *cli, int argc, char **argv);
int cmd_import(struct cli *cli, int argc, char **argv);
int cmd_measures(struct cli *cli, int argc, char **argv);
int cmd_panel(struct cli *cli, int argc, char **argv);
int cmd_partners(struct cli *cli, int argc, char **argv);
int cmd_rank(struct cli *cli, int argc, char **argv);
int cmd_sources(struct cli *cli, int argc, char **argv);
int cmd_starter(struct cli *cli, int argc, char **argv);
int cmd_states(struct cli *cli, int argc, char **argv);
int cmd_trace(struct cli *cli, int argc, char **argv);

#endif

/* What an import reports, table by table, and how the command tells it. */
#ifndef ENTENTE_CLI_IMPORT_LOG_H
#define ENTENTE_CLI_IMPORT_LOG_H

#include "cli.h"
#include "entente/import.h"

struct import_entry; /* one table of one file */

struct import_log {
    const struct cli *cli;
    const char *store; /* its path */
    struct cli_progress progress;
    struct import_entry *entries;
    size_t count, capacity;
    struct ent_import_summary summary;
};

/* The callback of ent_import, with the log as its context. */
void import_log_add(void *context, const struct ent_import_report *report);

/* Write the summary on standard output; the exit status of the command. */
int import_log_write(struct import_log *log);

void import_log_release(struct import_log *log);

#endif

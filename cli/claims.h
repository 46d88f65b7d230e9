/* What the commands claim and check share. */
#ifndef ENTENTE_CLI_CLAIMS_H
#define ENTENTE_CLI_CLAIMS_H

#include "cli.h"
#include "entente/check.h"

#define CLAIMS_BESIDE 8

struct claims_request {
    struct cli *cli;
    const char *argument; /* the expression, or the file */
    const char *beside[CLAIMS_BESIDE];
    const char *output;
    bool evidence;
    struct ent_check_options options;
};

extern const struct argp_option claims_options[];

/* The options that both have; what is no option of theirs goes to cli_parse_other. */
error_t claims_parse(int key, char *arg, struct argp_state *state, struct claims_request *r);

/*
 * Open the store or the starter panel and those beside it, check, write, and say by the
 * exit status whether anything is contradicted (3) or wrong (1).
 */
int claims_run(struct claims_request *r, bool file);

#endif

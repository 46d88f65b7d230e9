/* Verdicts as the commands ask for them and show them. */
#ifndef ENTENTE_CLI_ASSESS_H
#define ENTENTE_CLI_ASSESS_H

#include "dyad.h"
#include "entente/flip.h"
#include "entente/verdict.h"

/* Where verdicts come from: a store or the starter panel, and the model that ships. */
struct assess_place {
    struct dyad_place dyads;
    struct ent_model *model;
    char charters[4096];
    struct ent_verdict_place verdicts; /* points into the others */
};

/* Open it; model NULL: the one that ships.  ENT_ENOTFOUND when one of them is not there. */
ENT_MUST_CHECK enum ent_status assess_open(const struct cli *cli, const char *model,
                                           struct assess_place *place, struct ent_error *err);
void assess_close(struct assess_place *place);

/* Write a verdict as a page, and as a table of its numbers. */
int assess_write_page(const struct cli *cli, const struct ent_verdict *v);
int assess_write_tsv(const struct cli *cli, const struct ent_verdict *v);

/* Read "MEASURE=VALUE" or "MEASURE:STATE=VALUE"; false after a message. */
bool assess_read_set(const char *text, int year, struct ent_verdict_set *set);

/* Find and write the smallest changes across a half. */
int assess_flip(const struct cli *cli, const struct assess_place *place,
                const struct ent_verdict *v);

/* Compute and write the model's answer through the years. */
int assess_history(const struct cli *cli, const struct assess_place *place, int a, int b,
                   int from, int to);

/* Write two verdicts side by side. */
int assess_compare(const struct cli *cli, const struct ent_verdict *one,
                   const struct ent_verdict *two);

#endif

/* The dossier as the commands ask for it and show it. */
#ifndef ENTENTE_CLI_DYAD_H
#define ENTENTE_CLI_DYAD_H

#include "cli.h"
#include "entente/casebook.h"
#include "entente/dossier.h"

/* Where dossiers come from: a store, or the starter panel where there is none. */
struct dyad_place {
    struct ent_store *store; /* NULL: the starter panel */
    char panel[4096];        /* its folder */
};

/* Find the place.  ENT_ENOTFOUND when there is neither store nor panel. */
ENT_MUST_CHECK enum ent_status
dyad_open(const struct cli *cli, struct dyad_place *place, struct ent_error *err);
void dyad_close(struct dyad_place *place);

ENT_MUST_CHECK enum ent_status dyad_compute(const struct dyad_place *place, int a, int b,
                                            const struct ent_dossier_options *options,
                                            struct ent_dossier *out, struct ent_error *err);

/* A state as an argument; -1 after a message when there is none of that name. */
int dyad_state(const char *text, int year);

/* Whether a reading has a value in any direction. */
bool dyad_known(const struct ent_reading *r);

/* Why a reading has none, of its source: "ends in 2014". */
void dyad_why(const struct ent_reading *r, char *text, size_t size);

/* Stands for 0, forward, or 1, backward, where the two are alike. */
#define DYAD_BOTH 2

/* "CHN→RUS", "CHN" of one state, "" of an undirected measure. */
void dyad_direction(const struct ent_dossier *d, const struct ent_measure_info *m, int which,
                    char *text, size_t size);

/* "share of trade", with its unit where that is too long to stand by the value. */
void dyad_title(const struct ent_measure_info *m, char *text, size_t size);
void dyad_value(const struct ent_measure_info *m, double value, char *text, size_t size);

/*
 * The casebooks beside a dossier: those in a folder, of which "none" is none, or, with
 * NULL, those that ship with Entente.
 */
ENT_MUST_CHECK enum ent_status dyad_cases(const struct cli *cli, const char *folder,
                                          struct ent_casebooks *out, struct ent_error *err);

/* What they report about the two, on the page. */
void dyad_put_cases(struct ent_document *page, const struct ent_dossier *d);

/* Write one dossier in a format; data may be NULL (titles of the sources). */
int dyad_write_page(const struct cli *cli, const struct ent_dossier *d,
                    const struct ent_data_list *data);
int dyad_write_tsv(const struct cli *cli, const struct ent_dossier *d);

/* Compute and write the history of two states. */
int dyad_history(const struct cli *cli, const struct dyad_place *place, int a, int b, int from,
                 int to, const struct ent_dossier_options *options);

#endif

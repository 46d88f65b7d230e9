/* Flows of trade, for the families that read them: three datasets, one meaning. */
#ifndef ENTENTE_MEASURE_TRADE_H
#define ENTENTE_MEASURE_TRADE_H

#include "measure/family.h"

/* How the inputs of a source are laid out. */
enum ent_trade_layout {
    ENT_TRADE_COW = 0,  /* imports by importer, million US$ */
    ENT_TRADE_COMTRADE, /* imports, then exports, by reporter, US$ */
    ENT_TRADE_DOTS,     /* total by reporter, million US$ */
};

enum {
    ENT_TRADE_PARTNERS = 100, /* fewer are not all the world: no share, no rank */
};

/* The inputs that one year's flows take: where those of another begin. */
size_t ent__trade_width(const struct ent_inputs *in);

/* X_ij, million US$, from the inputs that begin at `base`; not of DOTS. */
double ent__trade_flow(const struct ent_inputs *in, size_t base, size_t i, size_t j);

/* T_ij, million US$; of DOTS as i reports it. */
double ent__trade_total(const struct ent_inputs *in, size_t base, size_t i, size_t j);

/* Ties for ent__partners_of. */
double ent__trade_with(const struct ent_inputs *in, size_t i, size_t j);
double ent__exports_to(const struct ent_inputs *in, size_t i, size_t j);
double ent__imports_from(const struct ent_inputs *in, size_t i, size_t j);

/* Whether so many partners stand for all the world: Comtrade and DOTS may be partly loaded. */
bool ent__trade_enough(const struct ent_inputs *in, const struct ent_partners *partners);

#endif

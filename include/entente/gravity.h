/*
 * Gravity: how much two states would trade, going by how much each trades in all and
 * by what lies between them.
 *
 *   mu_ij = exp(a_i + b_j + sum over c of z_cij * beta_c)
 *
 * a_i and b_j are effects of the exporter and of the importer (Anderson and van
 * Wincoop 2003), z what lies between the two: distance, a common border, a common
 * language.  The estimate is Poisson pseudo-maximum likelihood (Santos Silva and
 * Tenreyro 2006), which keeps flows of 0 and whose fitted flows add up to each
 * exporter's and each importer's actual total (Fally 2015).
 *
 * Hence a limit on what is left over: X_ij - mu_ij adds up to 0 over the partners of
 * each state, so that a state that trades more than expected with one trades less
 * with others, whatever it thinks of them.
 */
#ifndef ENTENTE_GRAVITY_H
#define ENTENTE_GRAVITY_H

#include <stdbool.h>
#include <stddef.h>

#include "entente/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ENT_GRAVITY_COVARIATES 8

struct ent_gravity_options {
    double tolerance;  /* of the last step in beta, and of the totals relative to themselves; 0:
                          1e-10 */
    size_t iterations; /* of beta at most; 0: 50 */
    size_t rounds;     /* of the effects at most, an iteration; 0: 5000 */
};

struct ent_gravity {
    double beta[ENT_GRAVITY_COVARIATES];  /* NAN of a covariate that was dropped */
    double error[ENT_GRAVITY_COVARIATES]; /* standard errors, robust to any variance (HC0) */
    double deviance;
    size_t cells;      /* flows that entered, those of 0 included */
    size_t zeros;      /* of these, flows of 0 */
    size_t exporters;  /* states with an effect as exporter */
    size_t importers;  /* as importer */
    size_t dropped;    /* covariates dropped: constant, or telling of flows of 0 alone */
    size_t iterations; /* of beta */
    double last_step;  /* the largest change of a beta in the last iteration */
    bool converged;
};

/*
 * Fit the flows[i * n + j] of n states, from i to j, of which NAN are not known and
 * the diagonal does not count, on covariates z[0..covariates-1], each n * n; a pair
 * of which one is NAN is left out.  fitted[i * n + j] becomes mu_ij, NAN of what was
 * left out: also the pairs of an exporter, or importer, all of whose flows are 0
 * (its effect would be minus infinity).
 *
 * Iterates the effects until the totals are met, with Newton's steps on beta between,
 * halved while the deviance grows.  Takes 4 n * n doubles and (3 + covariates) arrays
 * of the flows for its work.  O(n^2) a round, some hundred rounds.
 *
 *   ENT_EINVAL    more than ENT_GRAVITY_COVARIATES; a flow is negative or infinite
 *   ENT_ENOTFOUND there is no flow above 0 to fit
 *   ENT_EDIVERGE  not converged; *out and fitted hold the last step
 *   ENT_ENOMEM
 */
ENT_API ENT_MUST_CHECK enum ent_status
ent_gravity_fit(size_t n, const double *flows, size_t covariates, const double *const *z,
                const struct ent_gravity_options *options, double *fitted,
                struct ent_gravity *out, struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif

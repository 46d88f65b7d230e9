/* Votes made from known positions, for tests of the ideal-point model. */
#ifndef ENTENTE_TESTS_IDEAL_VOTES_H
#define ENTENTE_TESTS_IDEAL_VOTES_H

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "ideal/ideal.h"
#include "ideal/normal.h"

struct made_votes {
    struct ent_ideal_votes votes;
    uint32_t *state, *vote_point;
    int32_t *session;
    size_t *item_start;
    int8_t *choice;
    double *theta, *beta, *gamma1, *gamma2; /* the truth */
};

static inline double made_normal(struct ent_rng *rng)
{
    return ent__normal_quantile(ent__rng_unit(rng) + 0x1p-54);
}

/*
 * `states` states in `sessions` sessions with `each` items a session, as the model has it:
 * theta_1 ~ N(0, 1), steps N(0, 0.25), beta ~ N(0, 1), cut-points uniform within -limit..limit.
 * One vote in `absent` is not cast, none where it is 0.
 */
static inline struct made_votes make_votes(size_t states, size_t sessions, size_t each,
                                           double limit, uint32_t absent, uint64_t seed)
{
    struct ent_rng rng = ent__rng(seed, 0, 7);
    struct made_votes m = {
        .votes = { .states = states, .points = states * sessions, .items = sessions * each }
    };
    size_t points = m.votes.points, items = m.votes.items, n = 0;

    m.state = calloc(points, sizeof(*m.state));
    m.session = calloc(points, sizeof(*m.session));
    m.theta = calloc(points, sizeof(*m.theta));
    m.beta = calloc(items, sizeof(*m.beta));
    m.gamma1 = calloc(items, sizeof(*m.gamma1));
    m.gamma2 = calloc(items, sizeof(*m.gamma2));
    m.item_start = calloc(items + 1, sizeof(*m.item_start));
    m.vote_point = calloc(items * states, sizeof(*m.vote_point));
    m.choice = calloc(items * states, sizeof(*m.choice));
    for (size_t p = 0; p < points; p++) {
        m.state[p] = (uint32_t)(p / sessions);
        m.session[p] = (int32_t)(p % sessions) + 1;
        m.theta[p] = made_normal(&rng);
        if (p % sessions)
            m.theta[p] = m.theta[p - 1] + 0.5 * m.theta[p];
    }
    for (size_t v = 0; v < items; v++) {
        double a = limit * (2 * ent__rng_unit(&rng) - 1),
               b = limit * (2 * ent__rng_unit(&rng) - 1);

        m.beta[v] = made_normal(&rng);
        m.gamma1[v] = fmin(a, b);
        m.gamma2[v] = fmax(a, b);
        for (size_t i = 0; i < states; i++) {
            size_t p = i * sessions + v / each;
            double z = m.beta[v] * m.theta[p] + made_normal(&rng);

            if (absent && ent__rng_below(&rng, absent) == 0 && i > 0)
                continue;
            m.vote_point[n] = (uint32_t)p;
            m.choice[n++] = (int8_t)(z < m.gamma1[v] ? 1 : z < m.gamma2[v] ? 2 : 3);
        }
        m.item_start[v + 1] = n;
    }
    m.votes.votes = n;
    m.votes.point_state = m.state;
    m.votes.point_session = m.session;
    m.votes.item_start = m.item_start;
    m.votes.vote_point = m.vote_point;
    m.votes.vote_choice = m.choice;
    return m;
}

/* Turn the truth so that the first state's positions are positive on the whole. */
static inline void turn_truth(struct made_votes *m)
{
    double sum = 0;

    for (size_t p = 0; p < m->votes.points && m->state[p] == 0; p++)
        sum += m->theta[p];
    for (size_t p = 0; p < m->votes.points && sum < 0; p++)
        m->theta[p] = -m->theta[p];
    for (size_t v = 0; v < m->votes.items && sum < 0; v++)
        m->beta[v] = -m->beta[v];
}

static inline void drop_votes(struct made_votes *m)
{
    free(m->state);
    free(m->session);
    free(m->theta);
    free(m->beta);
    free(m->gamma1);
    free(m->gamma2);
    free(m->item_start);
    free(m->vote_point);
    free(m->choice);
}

#endif

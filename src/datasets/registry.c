/* Every dataset, in the order in which it is tried and listed.  One line adds one. */
#include <string.h>

#include "datasets/dataset.h"

#define DATASETS(X)             \
    X(cow_trade)                \
    X(dots)                     \
    X(comtrade)                 \
    X(sipri_register)           \
    X(sipri_tiv)                \
    X(sipri_milex)              \
    X(china_hs)                 \
    X(cgit)                     \
    X(cgit_combined)            \
    X(exercises)                \
    X(visits_china_travel)      \
    X(visits_china_engagements) \
    X(visits_us_president)      \
    X(visits_us_secretary)      \
    X(atop)                     \
    X(nmc)                      \
    X(unga)                     \
    X(unga2015)                 \
    X(gml)                      \
    X(goods)                    \
    X(cow_mid)                  \
    X(contiguity)               \
    X(mindist)                  \
    X(rivalry)                  \
    X(peace)                    \
    X(geodist)                  \
    X(land_borders)             \
    X(wdi)                      \
    X(pwt)                      \
    X(energy)                   \
    X(fbic)                     \
    X(unvotes)                  \
    X(unsc)                     \
    X(igo)                      \
    X(cow_alliance)             \
    X(polity5)                  \
    X(vdem)                     \
    X(ideal_points)             \
    X(pledges)                  \
    X(partnerships)             \
    X(entente_ideal)

#define DECLARE(name) extern const struct ent_dataset ent__##name;
#define LIST(name)    &ent__##name,

DATASETS(DECLARE)

const struct ent_dataset *const ent__datasets[] = { DATASETS(LIST) NULL };

const struct ent_dataset *ent__dataset_find(const char *id)
{
    for (const struct ent_dataset *const *d = ent__datasets; *d; d++) {
        if (strcmp((*d)->info.id, id) == 0)
            return *d;
    }
    return NULL;
}

const struct ent_table *ent__dataset_table(const char *name, const struct ent_dataset **owner)
{
    for (const struct ent_dataset *const *d = ent__datasets; *d; d++) {
        for (const struct ent_table *const *t = (*d)->tables; *t; t++) {
            if (strcmp((*t)->name, name) == 0) {
                if (owner)
                    *owner = *d;
                return *t;
            }
        }
    }
    return NULL;
}

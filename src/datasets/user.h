/* A dataset made from what a user says of his own table. */
#ifndef ENTENTE_DATASETS_USER_H
#define ENTENTE_DATASETS_USER_H

#include "datasets/dataset.h"
#include "entente/user_data.h"

struct ent_user_dataset;

/*
 * Make a dataset of one form for a table of kind `as`.
 *
 *   ENT_EINVAL  the kind is unknown, a name is no name, a column is not given
 *   ENT_ENOMEM
 */
ENT_MUST_CHECK enum ent_status
ent__user_dataset_new(const char *as, const struct ent_user_data *user,
                      struct ent_user_dataset **out, struct ent_error *err);

/* The dataset, which lives as long as its maker. */
const struct ent_dataset *ent__user_dataset(const struct ent_user_dataset *user);

/* NULL is fine. */
void ent__user_dataset_free(struct ent_user_dataset *user);

#endif

#include "assess.h"

#include <string.h>

enum ent_status assess_open(const struct cli *cli, const char *model,
                            struct assess_place *place, struct ent_error *err)
{
    char path[4096];
    enum ent_status status;

    memset(place, 0, sizeof(*place));
    if (!model && !cli_data_path("model/model.txt", path, sizeof(path)))
        return ent_fail(err, ENT_ENOTFOUND,
                        "the reference-class model that ships with Entente is not here; "
                        "\"entente fit\" makes it from a store");
    if (!cli_data_path("model/charters.csv", place->charters, sizeof(place->charters)))
        return ent_fail(err, ENT_ENOTFOUND,
                        "the list of regional charters that ships with Entente is not here");
    status = dyad_open(cli, &place->dyads, err);
    if (status == ENT_OK)
        status = ent_model_open(model ? model : path, &place->model, err);
    if (status != ENT_OK) {
        dyad_close(&place->dyads);
        return status;
    }
    place->verdicts = (struct ent_verdict_place){ .store = place->dyads.store,
                                                  .starter = place->dyads.panel,
                                                  .model = place->model,
                                                  .charters = place->charters };
    return ENT_OK;
}

void assess_close(struct assess_place *place)
{
    ent_model_free(place->model);
    dyad_close(&place->dyads);
}

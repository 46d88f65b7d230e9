/* The estimates and the items of a run as CSV, TSV or JSON. */
#include <math.h>
#include <string.h>

#include "base/str.h"
#include "entente/dossier_json.h"
#include "entente/json.h"
#include "entente/number.h"
#include "entente/state.h"
#include "query/ideal_pairs.h"
#include "query/ideal_run.h"

/* A cell: a text where it is not NULL, else a number. */
struct cell {
    const char *text;
    double number;
};

static const char *const point_names[] = {
    "state", "ccode", "name", "session", "year",      "votes", "ideal_point", "sd",
    "q5",    "q95",   "rhat", "ess",     "predicted", "modal", "probability",
};

static const char *const item_names[] = {
    "roll_call", "first_session",  "last_session",      "roll_calls",
    "votes",     "discrimination", "discrimination_sd", "cut1",
    "cut1_sd",   "cut2",           "cut2_sd",
};

#define POINT_CELLS (sizeof(point_names) / sizeof(point_names[0]))
#define ITEM_CELLS  (sizeof(item_names) / sizeof(item_names[0]))

static void point_cells(const struct ent_ideal *ideal, size_t p, struct cell *out)
{
    const struct ent_ideal_estimate *e = &ideal->points[p];
    const struct ent_state *state = ent_state_get(e->state);
    int year = e->session + 1945;
    const struct cell cells[POINT_CELLS] = {
        { ent_state_code(e->state), 0 },
        { NULL, state && state->cown ? state->cown : NAN },
        { ent_state_name(e->state, year), 0 },
        { NULL, e->session },
        { NULL, year },
        { NULL, e->votes },
        { NULL, ent__ideal_round(e->mean, 1e6) },
        { NULL, ent__ideal_round(e->sd, 1e6) },
        { NULL, ent__ideal_round(e->q5, 1e6) },
        { NULL, ent__ideal_round(e->q95, 1e6) },
        { NULL, ent__ideal_round(e->rhat, 1e4) },
        { NULL, ent__ideal_round(e->ess, 10) },
        { NULL, e->predicted },
        { NULL, e->modal },
        { NULL, ent__ideal_round(e->probability, 1e4) },
    };

    memcpy(out, cells, sizeof(cells));
}

static void item_cells(const struct ent_ideal *ideal, size_t i, struct cell *out)
{
    const struct ent_ideal_item_estimate *e = &ideal->items[i];
    const struct cell cells[ITEM_CELLS] = {
        { NULL, (double)e->roll_call },
        { NULL, e->first_session },
        { NULL, e->last_session },
        { NULL, e->roll_calls },
        { NULL, e->votes },
        { NULL, ent__ideal_round(e->discrimination, 1e6) },
        { NULL, ent__ideal_round(e->discrimination_sd, 1e6) },
        { NULL, ent__ideal_round(e->cut1, 1e6) },
        { NULL, ent__ideal_round(e->cut1_sd, 1e6) },
        { NULL, ent__ideal_round(e->cut2, 1e6) },
        { NULL, ent__ideal_round(e->cut2_sd, 1e6) },
    };

    memcpy(out, cells, sizeof(cells));
}

typedef void (*cells_fn)(const struct ent_ideal *ideal, size_t row, struct cell *out);

static void add_text(struct ent_buf *out, const char *text, char separator)
{
    bool quoted = separator == ',' && strpbrk(text, ",\"") != NULL;

    if (!quoted) {
        ent__buf_puts(out, text);
        return;
    }
    ent__buf_putc(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            ent__buf_putc(out, '"');
        ent__buf_putc(out, *text);
    }
    ent__buf_putc(out, '"');
}

static enum ent_status write_lines(const struct ent_ideal *ideal, char separator,
                                   const char *const *names, size_t count, size_t rows,
                                   cells_fn cells, char **text, struct ent_error *err)
{
    struct cell row[POINT_CELLS > ITEM_CELLS ? POINT_CELLS : ITEM_CELLS];
    char number[ENT_NUMBER_TEXT];
    struct ent_buf out;
    enum ent_status status;

    ent__buf_init(&out);
    for (size_t c = 0; c < count; c++)
        ent__buf_printf(&out, "%s%c", names[c], c + 1 < count ? separator : '\n');
    for (size_t r = 0; r < rows; r++) {
        cells(ideal, r, row);
        for (size_t c = 0; c < count; c++) {
            add_text(&out,
                     row[c].text ? row[c].text
                                 : ent_number_exact(row[c].number, number, sizeof(number)),
                     separator);
            ent__buf_putc(&out, c + 1 < count ? separator : '\n');
        }
    }
    status = ent__buf_check(&out, err);
    if (status != ENT_OK)
        ent__buf_release(&out);
    else
        *text = out.text;
    return status;
}

static void json_run(struct ent_json *json, const struct ent_ideal *ideal)
{
    const struct ent_ideal_votes_info *v = &ideal->votes;

    ent_json_text(json, "method", ent_ideal_method_name(ideal->method));
    ent_json_text(json, "command", ideal->command);
    ent_json_int(json, "seed", (int64_t)ideal->seed);
    ent_json_int(json, "chains", (int64_t)ideal->chains);
    ent_json_int(json, "burn", (int64_t)ideal->burn);
    ent_json_int(json, "draws", (int64_t)ideal->draws);
    ent_json_int(json, "thin", (int64_t)ideal->thin);
    ent_json_int(json, "sweeps", (int64_t)ideal->sweeps);
    ent_json_bool(json, "converged", ideal->converged);
    ent_json_text(json, "convergence", ideal->convergence);
    ent_json_number(json, "worst_rhat", ideal->worst_rhat);
    ent_json_number(json, "least_ess", ideal->least_ess);
    ent_json_text(json, "anchor_high", ent_state_code(ideal->high));
    ent_json_text(json, "anchor_low", ent_state_code(ideal->low));
    ent_json_text(json, "source", v->source);
    ent_json_text(json, "repeated_resolutions", v->link);
    ent_json_int(json, "votes", (int64_t)v->used);
    ent_json_int(json, "roll_calls", (int64_t)v->roll_calls);
    ent_json_int(json, "items", (int64_t)v->items);
    ent_json_int(json, "states", (int64_t)v->states);
    ent_json_int(json, "left_out_unanimous_items", (int64_t)v->left_out_unanimous);
    ent_json_int(json, "left_out_parts", (int64_t)v->left_out_parts);
    ent_json_int(json, "left_out_other_matters", (int64_t)v->left_out_other);
    ent_json_int(json, "left_out_few_votes", (int64_t)v->left_out_few);
    ent_json_int(json, "unknown_matches", (int64_t)v->unknown_matches);
}

static enum ent_status write_json(const struct ent_ideal *ideal, const char *list,
                                  const char *const *names, size_t count, size_t rows,
                                  cells_fn cells, char **text, struct ent_error *err)
{
    struct cell row[POINT_CELLS > ITEM_CELLS ? POINT_CELLS : ITEM_CELLS];
    struct ent_json *json = ent_json_new();
    enum ent_status status;

    if (!json)
        return ent_fail(err, ENT_ENOMEM, "out of memory for a table");
    ent_json_open_object(json, NULL);
    json_run(json, ideal);
    ent_json_open_list(json, list);
    for (size_t r = 0; r < rows; r++) {
        cells(ideal, r, row);
        ent_json_open_object(json, NULL);
        for (size_t c = 0; c < count; c++) {
            if (row[c].text)
                ent_json_text(json, names[c], row[c].text);
            else
                ent_json_number(json, names[c], row[c].number);
        }
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_close(json);
    status = ent_json_write(json, text, err);
    ent_json_free(json);
    return status;
}

enum ent_status ent_ideal_write_points(const struct ent_ideal *ideal,
                                       enum ent_ideal_format format, char **text,
                                       struct ent_error *err)
{
    if (format == ENT_IDEAL_JSON)
        return write_json(ideal, "estimates", point_names, POINT_CELLS, ideal->point_count,
                          point_cells, text, err);
    return write_lines(ideal, format == ENT_IDEAL_CSV ? ',' : '\t', point_names, POINT_CELLS,
                       ideal->point_count, point_cells, text, err);
}

enum ent_status ent_ideal_write_items(const struct ent_ideal *ideal,
                                      enum ent_ideal_format format, char **text,
                                      struct ent_error *err)
{
    if (format == ENT_IDEAL_JSON)
        return write_json(ideal, "items", item_names, ITEM_CELLS, ideal->item_count, item_cells,
                          text, err);
    return write_lines(ideal, format == ENT_IDEAL_CSV ? ',' : '\t', item_names, ITEM_CELLS,
                       ideal->item_count, item_cells, text, err);
}

/* Answers as JSON. */
#include "entente/check.h"

static void put_figure(struct ent_json *json, const struct ent_claim_figure *f)
{
    ent_json_open_object(json, NULL);
    ent_json_text(json, "expression", f->text);
    ent_json_text(json, "source", f->source);
    ent_json_text(json, "version", f->version);
    ent_json_number(json, "value", f->value);
    ent_json_text(json, "value_text", f->value_text);
    ent_json_text(json, "why", f->why);
    ent_json_text(json, "note", f->note);
    if (f->place) {
        ent_json_int(json, "place", f->place);
        ent_json_int(json, "of", f->of);
        ent_json_text(json, "among", f->by_partners ? "partners" : "all");
    } else {
        ent_json_null(json, "place");
        ent_json_null(json, "of");
        ent_json_null(json, "among");
    }
    ent_json_int(json, "row_total", (int64_t)f->row_total);
    ent_json_open_list(json, "rows");
    for (size_t i = 0; i < f->row_count; i++) {
        ent_json_open_object(json, NULL);
        ent_json_text(json, "dataset", f->rows[i].dataset);
        ent_json_text(json, "version", f->rows[i].version);
        ent_json_text(json, "file", f->rows[i].file);
        ent_json_int(json, "line", (int64_t)f->rows[i].line);
        ent_json_text(json, "text", f->rows[i].text);
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_close(json);
}

static void put_by(struct ent_json *json, const struct ent_claim_by *by)
{
    ent_json_open_object(json, NULL);
    ent_json_text(json, "source", by->sources);
    ent_json_text(json, "version", by->versions);
    ent_json_int(json, "store", (int64_t)by->store + 1);
    ent_json_text(json, "store_name", by->store_name);
    ent_json_text(json, "verdict", ent_claim_verdict_text(by->verdict));
    ent_json_number(json, "value", by->value);
    ent_json_text(json, "value_text", by->value_text);
    ent_json_bool(json, "at_least", by->at_least);
    ent_json_number(json, "claimed", by->claimed);
    ent_json_text(json, "claimed_text", by->claimed_text);
    ent_json_text(json, "why", by->why);
    ent_json_open_list(json, "figures");
    for (size_t i = 0; i < by->figure_count; i++)
        put_figure(json, &by->figures[i]);
    ent_json_close(json);
    ent_json_close(json);
}

static void put_claim(struct ent_json *json, const struct ent_claim *claim)
{
    ent_json_open_object(json, NULL);
    ent_json_text(json, "id", claim->id);
    ent_json_int(json, "line", (int64_t)claim->line);
    ent_json_text(json, "claim", claim->words);
    ent_json_text(json, "source", claim->source);
    ent_json_text(json, "date", claim->date);
    ent_json_text(json, "note", claim->note);
    ent_json_text(json, "expression", claim->expression);
    ent_json_text(json, "answer", ent_claim_answer_text(claim->answer));
    if (claim->answer == ENT_CLAIM_WRONG) {
        ent_json_open_object(json, "error");
        ent_json_int(json, "line", (int64_t)claim->error.line);
        ent_json_int(json, "column", (int64_t)claim->error.column);
        ent_json_text(json, "message", claim->error.message);
        ent_json_close(json);
    } else {
        ent_json_null(json, "error");
    }
    ent_json_text(json, "fact", claim->fact);
    ent_json_text(json, "fact_source", claim->fact_source);
    ent_json_open_list(json, "parts");
    for (size_t p = 0; p < claim->part_count; p++) {
        ent_json_open_object(json, NULL);
        ent_json_text(json, "expression", claim->parts[p].text);
        ent_json_text(json, "answer", ent_claim_answer_text(claim->parts[p].answer));
        ent_json_open_list(json, "sources");
        for (size_t b = 0; b < claim->parts[p].by_count; b++)
            put_by(json, &claim->parts[p].by[b]);
        ent_json_close(json);
        ent_json_close(json);
    }
    ent_json_close(json);
    ent_json_close(json);
}

void ent_claims_json(const struct ent_claims *claims, struct ent_json *json, const char *key)
{
    ent_json_open_object(json, key);
    ent_json_text(json, "file", claims->name);
    ent_json_bool(json, "starter", claims->starter);
    ent_json_int(json, "count", (int64_t)claims->count);
    ent_json_open_object(json, "answers");
    for (int a = 0; a < ENT_CLAIM_ANSWERS; a++)
        ent_json_int(json, ent_claim_answer_text((enum ent_claim_answer)a),
                     (int64_t)claims->answers[a]);
    ent_json_close(json);
    ent_json_open_list(json, "claims");
    for (size_t i = 0; i < claims->count; i++)
        put_claim(json, &claims->at[i]);
    ent_json_close(json);
    ent_json_close(json);
}

#include "datasets/recognise.h"

#include <string.h>

#include "base/alloc.h"

bool ent__header_fits(const struct ent_form *form, const struct ent_cell *cells, size_t count)
{
    for (const char *const *name = form->columns; *name; name++) {
        bool found = false;

        for (size_t c = 0; !found && c < count; c++)
            found = cells[c].kind == ENT_CELL_TEXT &&
                    ent__str_is_nocase(ent__str_trim(cells[c].text), *name);
        if (!found)
            return false;
    }
    return true;
}

/* Whether a form fits; if so the preview's names and header are set. */
static bool form_fits(const struct ent_form *form, struct ent_preview *p)
{
    struct ent_preview seen = *p;

    if (form->columns && p->typed) {
        if (!ent__header_fits(form, p->names, p->name_count))
            return false;
    } else if (form->columns) {
        for (seen.header = 0; seen.header < p->row_count; seen.header++) {
            if (ent__header_fits(form, p->rows[seen.header].cells,
                                 p->rows[seen.header].cell_count))
                break;
        }
        if (seen.header == p->row_count)
            return false;
        seen.names = p->rows[seen.header].cells;
        seen.name_count = p->rows[seen.header].cell_count;
    }
    if (form->recognise && !form->recognise(&seen))
        return false;
    *p = seen;
    return true;
}

const struct ent_form *ent__recognise(const struct ent_dataset *only, struct ent_preview *p,
                                      const struct ent_dataset **dataset)
{
    if (only) {
        *dataset = only;
        return form_fits(&only->forms[0], p) ? &only->forms[0] : NULL;
    }
    for (const struct ent_dataset *const *d = ent__datasets; *d; d++) {
        for (size_t f = 0; f < (*d)->form_count; f++) {
            if (form_fits(&(*d)->forms[f], p)) {
                *dataset = *d;
                return &(*d)->forms[f];
            }
        }
    }
    return NULL;
}

/* The only column of a form that a header lacks, if it lacks just one of four or more. */
static const char *
only_lacking(const struct ent_form *form, const struct ent_cell *cells, size_t count)
{
    const char *lacking = NULL;
    size_t needed = 0, lacked = 0;

    for (const char *const *name = form->columns; name && *name; name++, needed++) {
        const char *const one[] = { *name, NULL };

        if (ent__header_fits(&(struct ent_form){ .columns = one }, cells, count))
            continue;
        lacking = *name;
        lacked++;
    }
    return needed >= 4 && lacked == 1 ? lacking : NULL;
}

const char *ent__lacking(const struct ent_preview *p, const struct ent_dataset **dataset)
{
    const struct ent_cell *cells = p->typed ? p->names : p->row_count ? p->rows[0].cells : NULL;
    size_t count = p->typed ? p->name_count : p->row_count ? p->rows[0].cell_count : 0;

    for (const struct ent_dataset *const *d = ent__datasets; *d; d++) {
        for (size_t f = 0; f < (*d)->form_count; f++) {
            const char *name = only_lacking(&(*d)->forms[f], cells, count);

            if (name) {
                *dataset = *d;
                return name;
            }
        }
    }
    return NULL;
}

const char *ent__read_elsewhere(const struct ent_preview *p)
{
    static const char *const facts[] = { "id", "fact", "states", "source", NULL };
    static const char *const claims[] = { "id", "claim", "expression", NULL };
    static const struct {
        const char *const *columns;
        const char *what;
    } files[] = {
        { claims, "claims, which entente check answers" },
        { facts, "reported facts of a casebook, which entente dyad shows" },
    };

    for (size_t i = 0; p->row_count && i < sizeof(files) / sizeof(files[0]); i++) {
        if (ent__header_fits(&(struct ent_form){ .columns = files[i].columns },
                             p->rows[0].cells, p->rows[0].cell_count))
            return files[i].what;
    }
    return NULL;
}

/* Copies of a record's cells, which would not outlive the next one. */
static struct ent_cell *copy_cells(struct ent_arena *arena, const struct ent_record *record)
{
    struct ent_cell *cells = ent__arena_array(arena, record->cell_count, sizeof(*cells));

    for (size_t c = 0; cells && c < record->cell_count; c++) {
        cells[c] = record->cells[c];
        if (cells[c].kind != ENT_CELL_TEXT)
            continue;
        cells[c].text.at = ent__arena_copy(arena, record->cells[c].text);
        if (!cells[c].text.at)
            return NULL;
    }
    return cells;
}

enum ent_status
ent__preview_fill(struct ent_import_state *st, struct ent_preview *p, struct ent_error *err)
{
    const char *name = strrchr(st->path, '/');
    char *table = ent__arena_copy(&st->arena, st->record.table);

    memset(p, 0, sizeof(*p));
    p->file = name ? name + 1 : st->path;
    p->typed = st->record.typed;
    p->header = SIZE_MAX;
    p->table = ent__str(table);
    p->names = copy_cells(&st->arena, &st->record);
    p->name_count = p->typed ? st->record.cell_count : 0;
    if (!table || !p->names)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the first rows of a table");
    while (p->row_count < ENT_PREVIEW_ROWS) {
        ENT_TRY(ent__source_next(st->source, &st->record, err));
        if (st->record.kind != ENT_RECORD_ROW) {
            st->table_over = true;
            return ENT_OK;
        }
        p->rows[p->row_count].line = st->record.line;
        p->rows[p->row_count].cell_count = st->record.cell_count;
        p->rows[p->row_count].cells = copy_cells(&st->arena, &st->record);
        if (!p->rows[p->row_count].cells)
            return ent_fail(err, ENT_ENOMEM, "out of memory for the first rows of a table");
        p->row_count++;
    }
    return ENT_OK;
}

/*
 * China's imports of 2014 by partner and chapter of the Harmonised System, the five
 * largest chapters of each partner only, with the totals (from UN Comtrade).
 *
 * The file does not say its year: every row is of 2014.  Two rows of one partner
 * with the same rank contradict each other: the United Kingdom has ten chapters,
 * the last five of which come to more than all its exports to China, and belong to
 * another.  The rows of a repeated rank are reported and left out.
 *
 * The file's own roll-up counts wood as manufactures.  `raw` is ours, after UNCTAD's
 * primary commodities (precious stones and metals among them), chapter by chapter:
 * 1-27 food, minerals and fuels; 40, 41, 43-45, 47, 50-53 rubber, hides, wood, pulp and
 * fibres; 71 precious stones and metals; 74-76, 78-81 non-ferrous metals.  Iron and
 * steel (72) and chemicals are manufactures; 99, unspecified, is neither.
 */
#include "base/alloc.h"
#include "datasets/import.h"

enum {
    CHINA = 710,
    THE_YEAR = 2014,
    TOP = 5
};

static const struct ent_column columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "importer", ENT_ROLE_FROM, ENT_TYPE_INT, "", "the state that imports: China" },
    { "exporter", ENT_ROLE_TO, ENT_TYPE_INT, "", "the state that it imports from" },
    { "chapter", ENT_ROLE_KEY, ENT_TYPE_INT, "", "chapter of the Harmonised System, 1 to 99" },
    { "value", ENT_ROLE_VALUE, ENT_TYPE_REAL, "current US$", "imports of the chapter" },
    { "rank", ENT_ROLE_VALUE, ENT_TYPE_INT, "", "1 is the largest chapter; at most 5" },
    { "raw", ENT_ROLE_VALUE, ENT_TYPE_INT, "",
      "1 raw material or fuel, 0 manufactures, by our own grouping of chapters" },
    { "chapter_name", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "name of the chapter" },
    { "rollup", ENT_ROLE_VALUE, ENT_TYPE_TEXT, "", "the file's own grouping" },
};

enum {
    YEAR,
    IMPORTER,
    EXPORTER,
    CHAPTER,
    VALUE,
    RANK,
    RAW,
    CHAPTER_NAME,
    ROLLUP,
    COLUMNS
};

static const struct ent_table table = {
    .name = "china_hs_imports",
    .what = "China's imports of one chapter from one state; five largest chapters only",
    .columns = columns,
    .column_count = COLUMNS,
    .key_count = 4,
};

static const struct ent_column total_columns[] = {
    { "year", ENT_ROLE_YEAR, ENT_TYPE_INT, "", "year" },
    { "importer", ENT_ROLE_FROM, ENT_TYPE_INT, "", "the state that imports: China" },
    { "exporter", ENT_ROLE_TO, ENT_TYPE_INT, "", "the state that it imports from" },
    { "imports_total", ENT_ROLE_VALUE, ENT_TYPE_REAL, "current US$",
      "imports of all chapters" },
};

enum {
    TOTAL_YEAR,
    TOTAL_IMPORTER,
    TOTAL_EXPORTER,
    TOTAL_IMPORTS,
    TOTAL_COLUMNS
};

static const struct ent_table total_table = {
    .name = "china_hs_total",
    .what = "China's imports of all chapters from one state",
    .columns = total_columns,
    .column_count = TOTAL_COLUMNS,
    .key_count = 3,
};

/* 1 raw material or fuel, 0 manufactures, ENT_NONE_INT neither. */
static int64_t raw_chapter(int64_t chapter)
{
    static const int8_t more[] = { 40, 41, 43, 44, 45, 47, 50, 51, 52,
                                   53, 71, 74, 75, 76, 78, 79, 80, 81 };

    if (chapter >= 98)
        return ENT_NONE_INT;
    if (chapter <= 27)
        return 1;
    for (size_t i = 0; i < sizeof(more); i++) {
        if (more[i] == chapter)
            return 1;
    }
    return 0;
}

struct layout {
    size_t iso3, total, chapter, rank, value, name, rollup;
    struct ent_stage *chapters, *totals;
    unsigned char *ranks; /* by index of state: the ranks seen, one bit each */
};

static enum ent_status prepare(struct ent_import *im, struct layout *l, struct ent_error *err)
{
    ENT_TRY(ent__import_stage(im, &table, &l->chapters, err));
    ENT_TRY(ent__import_stage(im, &total_table, &l->totals, err));
    ENT_TRY(ent__import_need(im, "iso3", &l->iso3, err));
    ENT_TRY(ent__import_need(im, "china_imports_total_usd", &l->total, err));
    ENT_TRY(ent__import_need(im, "hs2", &l->chapter, err));
    ENT_TRY(ent__import_need(im, "rank", &l->rank, err));
    ENT_TRY(ent__import_need(im, "value_usd", &l->value, err));
    ENT_TRY(ent__import_need(im, "commodity", &l->name, err));
    return ent__import_need(im, "rollup", &l->rollup, err);
}

static enum ent_status
put_row(struct ent_import *im, struct layout *l, int exporter, struct ent_error *err)
{
    unsigned char *seen = &l->ranks[ent_state_get(exporter)->index];
    union ent_value *row;
    int64_t chapter, rank;
    double value;

    if (!ent__import_int(im, l->chapter, &chapter) || !ent__import_int(im, l->rank, &rank) ||
        !ent__import_real(im, l->value, &value))
        return ENT_OK;
    if (chapter < 1 || chapter > 99 || rank < 1 || rank > TOP || value < 0) {
        ent__import_problem(im, SIZE_MAX,
                            "chapter %lld, rank %lld, value %g; 1 to 99, 1 to 5 and no "
                            "negative value were expected",
                            (long long)chapter, (long long)rank, value);
        return ENT_OK;
    }
    if (*seen & (1u << rank)) {
        ent__import_problem(im, l->rank,
                            "rank %lld stands twice for one state; this row may be another's",
                            (long long)rank);
        return ENT_OK;
    }
    *seen |= (unsigned char)(1u << rank);
    ENT_TRY(ent__import_row(im, l->chapters, &row, err));
    row[YEAR].i = THE_YEAR;
    row[IMPORTER].i = CHINA;
    row[EXPORTER].i = exporter;
    row[CHAPTER].i = chapter;
    row[VALUE].r = value;
    row[RANK].i = rank;
    row[RAW].i = raw_chapter(chapter);
    ENT_TRY(ent__import_put_text(im, l->chapters, l->name, &row[CHAPTER_NAME], err));
    ENT_TRY(ent__import_put_text(im, l->chapters, l->rollup, &row[ROLLUP], err));
    ent__import_end_row(im, l->chapters);
    return ENT_OK;
}

static enum ent_status
put_total(struct ent_import *im, struct layout *l, int exporter, struct ent_error *err)
{
    union ent_value *row;
    double total;

    if (!ent__import_real(im, l->total, &total))
        return ENT_OK;
    ENT_TRY(ent__import_row(im, l->totals, &row, err));
    row[TOTAL_YEAR].i = THE_YEAR;
    row[TOTAL_IMPORTER].i = CHINA;
    row[TOTAL_EXPORTER].i = exporter;
    row[TOTAL_IMPORTS].r = total;
    ent__import_end_row(im, l->totals);
    return ENT_OK;
}

static enum ent_status read_rows(struct ent_import *im, struct layout *l, struct ent_error *err)
{
    for (;;) {
        int exporter;
        bool more;

        ENT_TRY(ent__import_next(im, &more, err));
        if (!more)
            return ENT_OK;
        exporter = ent__import_state(im, l->iso3, ENT_CODE_ISO3, THE_YEAR);
        if (exporter < 0 || exporter == CHINA)
            continue;
        ENT_TRY(put_row(im, l, exporter, err));
        ENT_TRY(put_total(im, l, exporter, err));
    }
}

static enum ent_status import(struct ent_import *im, struct ent_error *err)
{
    struct layout l = { 0 };
    enum ent_status status;

    ENT_TRY(prepare(im, &l, err));
    l.ranks = ent__calloc(ent_state_count(), 1);
    if (!l.ranks)
        return ent_fail(err, ENT_ENOMEM, "out of memory for the ranks of partners");
    status = read_rows(im, &l, err);
    ent__free(l.ranks);
    return status;
}

static const char *const header[] = { "iso3",      "china_imports_total_usd",
                                      "hs2",       "rank",
                                      "value_usd", NULL };

static const struct ent_form forms[] = {
    { .name = "five largest chapters a partner", .columns = header, .import = import },
};

static const struct ent_table *const tables[] = { &table, &total_table, NULL };

const struct ent_dataset ent__china_hs = {
    .info = {
        .id = "china_hs",
        .title = "China's imports by partner and HS chapter, 2014, five largest chapters",
        .publisher = "United Nations Statistics Division (data); compiled from UN Comtrade",
        .citation = "United Nations Statistics Division. UN Comtrade Database. New York. "
                    "China's imports of 2014 by partner and HS chapter, five largest chapters.",
        .bibtex = "@misc{un_comtrade_china_hs, author = {{United Nations Statistics "
                  "Division}}, title = {{UN} Comtrade Database: China's imports by partner and "
                  "{HS} chapter, 2014}, url = {https://comtradeplus.un.org/}}",
        .licence = "unknown: see the publisher",
        .url = "https://comtradeplus.un.org/",
    },
    .years = "2014",
    .tables = tables,
    .forms = forms,
    .form_count = sizeof(forms) / sizeof(forms[0]),
};

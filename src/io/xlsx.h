/*
 * Excel's .xlsx: a zip archive of XML.  Each worksheet becomes a table, in the
 * order of the workbook, hidden ones too.
 *
 * A row has the row's number, cells stand at their column and the row ends at
 * its last filled cell; rows without one are left out.  Numbers are numbers
 * ("typed" is false: there are no column names), truth values are 1 and 0,
 * errors such as #N/A are missing, and numbers that are formatted as dates
 * become text: "2015-05-08", or "2015-05-08 12:30:00".
 */
#ifndef ENTENTE_IO_XLSX_H
#define ENTENTE_IO_XLSX_H

#include "base/intern.h"
#include "io/container.h"

/* The member that makes a zip archive an xlsx. */
#define ENT_XLSX_WORKBOOK "xl/workbook.xml"

/*
 * Read the workbook in an input, from its beginning.
 *
 *   ENT_EFORMAT  it is damaged, lacks a part, or passes a limit
 *   ENT_EIO      reading failed
 *   ENT_ENOMEM   out of memory
 *   and what the sink returns
 */
ENT_MUST_CHECK enum ent_status
ent__xlsx_read(struct ent_input *input, struct ent_sink *sink, struct ent_error *err);

/* The inside, shared by the reader of the workbook and that of a sheet. */

struct ent_xlsx_sheet {
    const char *name;     /* as the user sees it */
    const char *relation; /* the id of its part */
    const char *path;     /* its member; NULL until known, or for a chart */
};

struct ent_xlsx {
    struct ent_input *input;
    struct ent_sink *sink;
    uint64_t left; /* how many bytes more may come out of the archive */
    struct ent_arena arena;
    struct ent_xlsx_sheet *sheets;
    size_t sheet_count, sheet_capacity;
    struct ent_str *strings; /* the shared ones */
    size_t string_count, string_capacity;
    bool *is_date; /* by style */
    size_t style_count, style_capacity;
    bool from_1904; /* dates count from 1904 */
};

/*
 * Read the rows of one sheet, whose table has been put.
 *
 *   as ent__xlsx_read
 */
ENT_MUST_CHECK enum ent_status
ent__xlsx_read_sheet(struct ent_xlsx *book, struct ent_stream *stream, struct ent_error *err);

/* Whether a number format of Excel shows a day: "yyyy-mm-dd", but not "h:mm" or "0.00". */
bool ent__xlsx_is_date_format(const char *format);

#endif

/* The page: its format, its width, and what is written on it. */
#define _DEFAULT_SOURCE /* strsep */
#include <langinfo.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli.h"

int cli_fail(const struct ent_error *err)
{
    char text[1024];

    fprintf(stderr, "entente: %s\n", ent_error_text(err, text, sizeof(text)));
    return CLI_FAILED;
}

int cli_complain(const char *format, ...)
{
    va_list args;

    fputs("entente: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    return CLI_FAILED;
}

void cli_warn(const struct cli *cli, const char *format, ...)
{
    va_list args;

    if (cli->quiet)
        return;
    fputs("entente: warning: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

enum cli_format cli_output(const struct cli *cli)
{
    if (cli->format != CLI_AUTO)
        return cli->format;
    return isatty(STDOUT_FILENO) ? CLI_TEXT : CLI_TSV;
}

bool cli_unicode(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

int cli_width(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    long width = columns ? strtol(columns, NULL, 10) : 0;

    if (width <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    if (width <= 0)
        width = 100;
    return width < 40 ? 40 : width > 1000 ? 1000 : (int)width;
}

static bool colours(void)
{
    const char *term = getenv("TERM");
    const char *none = getenv("NO_COLOR");

    return isatty(STDOUT_FILENO) && !(none && *none) && term && strcmp(term, "dumb") != 0;
}

void cli_section(struct ent_document *page, enum ent_dimension dimension)
{
    char name[64];

    snprintf(name, sizeof(name), "%s", ent_dimension_name(dimension));
    if (name[0] >= 'a' && name[0] <= 'z')
        name[0] = (char)(name[0] - 'a' + 'A');
    ent_document_section(page, name);
}

static int put_text(enum ent_status status, char *text, const struct ent_error *err)
{
    if (status != ENT_OK)
        return cli_fail(err);
    fputs(text, stdout); /* failures are seen when the output is closed */
    ent_text_free(text);
    return CLI_OK;
}

/* The document in the format that was asked for. */
static enum ent_status format_document(const struct cli *cli, const struct ent_document *doc,
                                       char **text, struct ent_error *err)
{
    struct ent_page page = { .width = cli_width(),
                             .ascii = !cli_unicode(),
                             .colours = colours() };

    if (cli_output(cli) == CLI_TSV)
        return ent_document_write_tsv(doc, text, err);
    if (cli->medium == CLI_HTML)
        return ent_document_write_html(doc, text, err);
    if (cli->medium == CLI_MARKDOWN)
        return ent_document_write_markdown(doc, text, err);
    return ent_document_write_text(doc, &page, text, err);
}

int cli_write(const struct cli *cli, struct ent_document *doc)
{
    struct ent_error err = { 0 };
    char *text = NULL;
    enum ent_status status = format_document(cli, doc, &text, &err);

    ent_document_free(doc);
    return put_text(status, text, &err);
}

int cli_write_json(struct ent_json *json)
{
    struct ent_error err = { 0 };
    char *text = NULL;
    enum ent_status status = ent_json_write(json, &text, &err);

    ent_json_free(json);
    return put_text(status, text, &err);
}

enum ent_status cli_open_store(const struct cli *cli, enum cli_need need,
                               struct ent_store **store, struct ent_error *err)
{
    char path[4096];
    enum ent_status status = ent_store_path(cli->store, path, sizeof(path), err);

    *store = NULL;
    if (status == ENT_OK)
        status = ent_store_open(path, ENT_STORE_READ, store, err);
    /* A store that was asked for by name must be there. */
    if (status == ENT_ENOTFOUND && need == CLI_MAY_LACK_STORE && !cli->store)
        return ENT_OK;
    return status;
}

static void out_of_memory(void)
{
    fputs("entente: out of memory\n", stderr);
    exit(CLI_FAILED);
}

void *cli_alloc(size_t count, size_t size)
{
    void *at = calloc(count ? count : 1, size);

    if (!at)
        out_of_memory();
    return at;
}

void *cli_grow(void *at, size_t *capacity, size_t need, size_t size)
{
    size_t bigger = need + need / 2 + 8;
    size_t bytes;

    if (need <= *capacity)
        return at;
    if (__builtin_mul_overflow(bigger, size, &bytes))
        out_of_memory();
    at = realloc(at, bytes);
    if (!at)
        out_of_memory();
    *capacity = bigger;
    return at;
}

char *cli_copy(const char *text)
{
    char *copy = strdup(text);

    if (!copy)
        out_of_memory();
    return copy;
}

const char **cli_split(char *list, size_t *count)
{
    const char **words = NULL;
    size_t capacity = 0;

    *count = 0;
    for (char *word = !list ? NULL : strsep(&list, ","); word; word = strsep(&list, ",")) {
        while (*word == ' ')
            word++;
        if (!*word)
            continue;
        words = cli_grow(words, &capacity, *count + 1, sizeof(*words));
        words[(*count)++] = word;
    }
    return words;
}

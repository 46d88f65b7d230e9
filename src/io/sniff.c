/* Which delimiter a text uses. */
#include <string.h>

#include "io/text.h"

enum {
    LINES_MOST = 200,
    COUNT_MOST = 4096, /* delimiters in a line, counted up to here */
};

/* In the order in which they are preferred when as many lines agree. */
static const char delimiters[] = { '\t', ';', '|', ',' };

#define KINDS sizeof(delimiters)

struct line_counts {
    uint16_t of[KINDS];
};

static void count_byte(struct line_counts *counts, char c)
{
    for (size_t k = 0; k < KINDS; k++) {
        if (c == delimiters[k] && counts->of[k] < COUNT_MOST)
            counts->of[k]++;
    }
}

/* Delimiters a line, up to LINES_MOST lines; returns how many lines have been counted. */
static size_t count_lines(struct ent_str head, struct line_counts lines[LINES_MOST])
{
    bool quoted = false;
    size_t n = 0;

    memset(&lines[0], 0, sizeof(lines[0]));
    for (size_t i = 0; i < head.len && n < LINES_MOST; i++) {
        char c = head.at[i];
        bool last = i + 1 == head.len || head.at[i + 1] == '\n' || head.at[i + 1] == '\r';

        if (c == '"') {
            quoted = !quoted;
        } else if ((c == '\n' || c == '\r') && !quoted) {
            n++;
            if (n < LINES_MOST)
                memset(&lines[n], 0, sizeof(lines[n]));
        } else if (!quoted && !last) {
            count_byte(&lines[n], c);
        }
    }
    return n < LINES_MOST ? n + 1 : n;
}

/* How many lines have the most frequent count, 0 apart, of delimiter k. */
static size_t agreeing(const struct line_counts *lines, size_t n, size_t k)
{
    size_t best = 0;

    for (size_t i = 0; i < n; i++) {
        size_t alike = 0;

        if (lines[i].of[k] == 0)
            continue;
        for (size_t j = 0; j < n; j++)
            alike += lines[j].of[k] == lines[i].of[k];
        if (alike > best)
            best = alike;
    }
    return best;
}

char ent__text_delimiter(struct ent_str head, char otherwise)
{
    struct line_counts lines[LINES_MOST];
    size_t n = count_lines(head, lines);
    char found = otherwise;
    size_t most = 0;

    for (size_t k = 0; k < KINDS; k++) {
        size_t alike = agreeing(lines, n, k);

        if (alike > most) {
            most = alike;
            found = delimiters[k];
        }
    }
    return found;
}

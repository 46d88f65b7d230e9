/* entente ideal: ideal points of the General Assembly, estimated from the votes. */
#define _DEFAULT_SOURCE /* strsep */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "dyad.h"
#include "entente/dossier_json.h"
#include "entente/ideal.h"
#include "entente/number.h"
#include "entente/state.h"

enum {
    KEY_PUBLISHED = 256,
    KEY_QUICK,
    KEY_SESSIONS,
    KEY_ISSUE,
    KEY_IMPORTANT,
    KEY_MIN_VOTES,
    KEY_MATCHES,
    KEY_LINK,
    KEY_BURN,
    KEY_DRAWS,
    KEY_THIN,
    KEY_CHAINS,
    KEY_SEED,
    KEY_ANCHORS,
    KEY_SOURCE,
    KEY_THREADS,
    KEY_KEEP_DRAWS,
    KEY_CHECKPOINT,
    KEY_RESUME,
    KEY_ITEMS,
    KEY_REPORT,
    KEY_NO_STORE,
    KEY_ACCEPT,
};

struct request {
    struct cli *cli;
    struct ent_ideal_request run;
    const char *modelled; /* an option of the model that was given: none goes with --resume */
    char *anchors;
    const char *checkpoint;
    const char *output, *items, *report;
    bool keep_draws, no_store, accept;
};

static const char doc[] =
    "Estimate where each state stands in the General Assembly, session by session, from the "
    "votes in the store, by the model of Bailey, Strezhnev and Voeten (2017), and keep the "
    "result in the store: ideal.point, ideal.distance and ideal.closer by entente_ideal."
    "\vWithout --matches, repeated resolutions are linked by the published matches, if they "
    "are in the store, else by identical titles.  ISSUE is me (Palestinian conflict), nu (nuclear "
    "weapons), di (disarmament), hr (human rights), co (colonialism) or ec (economic "
    "development).  A run that is interrupted is kept, and --resume goes on with it.  Files are "
    "CSV, or TSV or JSON as they are called.  Exit status 1 when a run has not converged.\n\n"
    "Example: entente ideal --quick -o points.csv";

static const struct argp_option options[] = {
    { NULL, 0, NULL, 0, "How to estimate:", 1 },
    { "published", KEY_PUBLISHED, NULL, 0,
      "the sampler of the published estimates (else joint paths)", 1 },
    { "quick", KEY_QUICK, NULL, 0, "variational EM: seconds, without draws", 1 },
    { "chains", KEY_CHAINS, "N", 0, "chains of the sampler", 1 },
    { "burn", KEY_BURN, "N", 0, "sweeps of a chain before any is kept", 1 },
    { "draws", KEY_DRAWS, "N", 0, "draws kept of a chain", 1 },
    { "thin", KEY_THIN, "N", 0, "keep one sweep in N", 1 },
    { "seed", KEY_SEED, "N", 0, "seed of the random numbers (default 1)", 1 },
    { "anchors", KEY_ANCHORS, "HIGH,LOW", 0,
      "two states that fix the sign: HIGH above LOW (default USA,RUS)", 1 },
    { NULL, 0, NULL, 0, "Which votes:", 2 },
    { "source", KEY_SOURCE, "ID", 0, "unga (default), unvotes or unga2015", 2 },
    { "sessions", KEY_SESSIONS, "A-B", 0, "only these sessions", 2 },
    { "issue", KEY_ISSUE, "ISSUE", 0, "only votes on an issue", 2 },
    { "important", KEY_IMPORTANT, NULL, 0, "only votes important to the United States", 2 },
    { "min-votes", KEY_MIN_VOTES, "N", 0,
      "leave out a state in a session with fewer votes (default 1)", 2 },
    { "matches", KEY_MATCHES, "FILE", 0, "repeated resolutions: a table rcid1, rcid2", 2 },
    { "link", KEY_LINK, "HOW", 0, "titles or none: link repeated resolutions so", 2 },
    { NULL, 0, NULL, 0, "What to write:", 3 },
    { "output", 'o', "FILE", 0, "the estimates (- is standard output)", 3 },
    { "items", KEY_ITEMS, "FILE", 0, "the parameters of the items", 3 },
    { "report", KEY_REPORT, "FILE", 0, "a page about the run, as HTML", 3 },
    { "keep-draws", KEY_KEEP_DRAWS, NULL, 0, "keep all draws in the store", 3 },
    { "no-store", KEY_NO_STORE, NULL, 0, "leave the store as it is", 3 },
    { NULL, 0, NULL, 0, "While it runs:", 4 },
    { "checkpoint", KEY_CHECKPOINT, "FILE", 0,
      "keep an interrupted run here (default beside the store)", 4 },
    { "resume", KEY_RESUME, NULL, 0, "go on with the run that was interrupted", 4 },
    { "accept-unconverged", KEY_ACCEPT, NULL, 0, "exit status 0 also when it has not converged",
      4 },
    { "threads", KEY_THREADS, "N", 0, "threads (else one a processor)", 4 },
    { 0 },
};

static long
number(struct argp_state *state, const char *option, const char *text, long least, long most)
{
    char *end;
    long value;

    errno = 0;
    value = strtol(text, &end, 10);
    if (end == text || *end || errno || value < least || value > most)
        argp_error(state, "--%s: \"%s\" is no number from %ld to %ld", option, text, least,
                   most);
    return value;
}

static void parse_sessions(struct argp_state *state, struct request *r, const char *text)
{
    char *end;
    long first = strtol(text, &end, 10);
    long last = first;

    if (end != text && *end == '-')
        last = strtol(end + 1, &end, 10);
    if (end == text || *end || first < 1 || last < first || last > 1000)
        argp_error(state, "--sessions: \"%s\" is not A-B, two sessions from 1 on", text);
    r->run.first_session = (int)first;
    r->run.last_session = (int)last;
}

static uint64_t parse_seed(struct argp_state *state, const char *text)
{
    char *end;
    unsigned long long value;

    errno = 0;
    value = strtoull(text, &end, 10);
    if (end == text || *end || errno || text[0] == '-')
        argp_error(state, "--seed: \"%s\" is no number from 0 to 18446744073709551615", text);
    return value;
}

static enum ent_ideal_link parse_link(struct argp_state *state, const char *text)
{
    if (strcmp(text, "titles") == 0)
        return ENT_IDEAL_LINK_TITLES;
    if (strcmp(text, "none") != 0)
        argp_error(state, "--link: \"%s\" is neither titles nor none", text);
    return ENT_IDEAL_LINK_NONE;
}

/* Options that say what is estimated, and how. */
static bool parse_model(int key, char *arg, struct argp_state *state, struct request *r)
{
    struct ent_ideal_request *run = &r->run;

    switch (key) {
    case KEY_PUBLISHED:
        run->method = ENT_METHOD_PUBLISHED;
        return true;
    case KEY_QUICK:
        run->method = ENT_METHOD_QUICK;
        return true;
    case KEY_SESSIONS:
        parse_sessions(state, r, arg);
        return true;
    case KEY_ISSUE:
        run->issue = arg;
        return true;
    case KEY_IMPORTANT:
        run->important = true;
        return true;
    case KEY_MIN_VOTES:
        run->min_votes = (int)number(state, "min-votes", arg, 1, 100000);
        return true;
    case KEY_MATCHES:
        run->matches = arg;
        return true;
    case KEY_LINK:
        run->link = parse_link(state, arg);
        return true;
    case KEY_BURN:
        run->burn = (size_t)number(state, "burn", arg, 1, 1000000);
        return true;
    case KEY_DRAWS:
        run->draws = (size_t)number(state, "draws", arg, 4, 100000);
        return true;
    case KEY_THIN:
        run->thin = (size_t)number(state, "thin", arg, 1, 10000);
        return true;
    case KEY_CHAINS:
        run->chains = (size_t)number(state, "chains", arg, 1, 64);
        return true;
    case KEY_SEED:
        run->seed = parse_seed(state, arg);
        return true;
    case KEY_ANCHORS:
        r->anchors = arg;
        return true;
    case KEY_SOURCE:
        run->source = arg;
        return true;
    default:
        return false;
    }
}

static void check_together(struct argp_state *state, const struct request *r)
{
    const struct ent_ideal_request *run = &r->run;

    if (run->resume && r->modelled)
        argp_error(
            state,
            "--resume goes on with the options that the run was begun with: leave out %s",
            r->modelled);
    if (run->matches && run->link != ENT_IDEAL_LINK_BEST)
        argp_error(state, "--matches and --link are two ways to say the same: give one");
    if (r->keep_draws && r->no_store)
        argp_error(state, "--keep-draws keeps them in the store, and --no-store forbids it");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *r = state->input;

    if (parse_model(key, arg, state, r)) {
        for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
            if (options[i].key == key)
                r->modelled = options[i].name;
        }
        return 0;
    }
    switch (key) {
    case 'o':
        r->output = arg;
        return 0;
    case KEY_ITEMS:
        r->items = arg;
        return 0;
    case KEY_REPORT:
        r->report = arg;
        return 0;
    case KEY_KEEP_DRAWS:
        r->keep_draws = true;
        return 0;
    case KEY_NO_STORE:
        r->no_store = true;
        return 0;
    case KEY_CHECKPOINT:
        r->checkpoint = arg;
        return 0;
    case KEY_RESUME:
        r->run.resume = true;
        return 0;
    case KEY_ACCEPT:
        r->accept = true;
        return 0;
    case KEY_THREADS:
        r->run.threads = (int)number(state, "threads", arg, 1, 256);
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\": it takes options only", arg);
        return 0;
    case ARGP_KEY_END:
        check_together(state, r);
        return 0;
    default:
        return cli_parse_other(key, state, r->cli);
    }
}

static const struct argp argp = { options, parse, NULL, doc, cli_common };

/* "USA,RUS" into two states. */
static int read_anchors(struct request *r)
{
    char *rest = r->anchors;
    char *high = strsep(&rest, ",");
    char *low = rest;

    if (!r->anchors)
        return CLI_OK;
    if (!low || !*low || !*high || strchr(low, ','))
        return cli_complain("--anchors takes two states, HIGH,LOW: the first stands higher");
    r->run.high = dyad_state(high, 0);
    r->run.low = r->run.high < 0 ? -1 : dyad_state(low, 0);
    return r->run.low < 0 ? CLI_FAILED : CLI_OK;
}

/* Where an interrupted run is kept: beside the store unless a place is named. */
static int find_checkpoint(struct request *r, char *path, size_t size)
{
    struct ent_error err = { 0 };
    size_t len;

    if (r->checkpoint) {
        snprintf(path, size, "%s", r->checkpoint);
        return CLI_OK;
    }
    if (ent_store_path(r->cli->store, path, size, &err) != ENT_OK)
        return cli_fail(&err);
    len = strlen(path);
    snprintf(path + len, size - len, ".ideal");
    return CLI_OK;
}

static enum ent_ideal_format format_of(const char *path)
{
    size_t len = strlen(path);

    if (len > 5 && strcmp(path + len - 5, ".json") == 0)
        return ENT_IDEAL_JSON;
    return len > 4 && strcmp(path + len - 4, ".tsv") == 0 ? ENT_IDEAL_TSV : ENT_IDEAL_CSV;
}

/* Write a text beside a file and rename it; it is freed. */
static int write_file(const char *path, char *text)
{
    char beside[4096];
    size_t len = strlen(text);
    bool failed;
    FILE *f;

    snprintf(beside, sizeof(beside), "%.4090s.new", path);
    f = fopen(beside, "w");
    failed = !f || fwrite(text, 1, len, f) != len;
    if (f && fclose(f) != 0)
        failed = true;
    failed = failed || rename(beside, path) != 0;
    ent_text_free(text);
    if (!failed)
        return CLI_OK;
    if (f)
        unlink(beside);
    return cli_complain("%s: cannot write: %s", path, strerror(errno));
}

static int write_files(const struct request *r, const struct ent_ideal *ideal)
{
    struct ent_error err = { 0 };
    char *text = NULL;
    int status = CLI_OK;

    if (r->output && strcmp(r->output, "-") != 0) {
        if (ent_ideal_write_points(ideal, format_of(r->output), &text, &err) != ENT_OK)
            return cli_fail(&err);
        status = write_file(r->output, text);
    }
    if (status == CLI_OK && r->items) {
        if (ent_ideal_write_items(ideal, format_of(r->items), &text, &err) != ENT_OK)
            return cli_fail(&err);
        status = write_file(r->items, text);
    }
    if (status == CLI_OK && r->report) {
        if (ent_ideal_write_report(ideal, &text, &err) != ENT_OK)
            return cli_fail(&err);
        status = write_file(r->report, text);
    }
    return status;
}

/* What the user should know that the numbers do not say. */
static void warn_of_votes(const struct cli *cli, const struct ent_ideal_votes_info *v)
{
    char text[600];
    size_t len = 0;

    if (v->unknown_matches)
        cli_warn(cli, "%zu %s left out, as %s; the first: %s", v->unknown_matches,
                 v->unknown_matches == 1 ? "match is" : "matches are",
                 v->unknown_matches == 1 ? "it names a roll call that the votes do not have"
                                         : "they name roll calls that the votes do not have",
                 v->unknown_first);
    for (size_t i = 0; i < v->empty_count && len + 16 < sizeof(text); i++)
        len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%d", i ? ", " : "",
                                v->empty[i]);
    if (v->empty_count)
        cli_warn(cli, "no estimates in session%s %s: no vote used there tells states apart",
                 v->empty_count == 1 ? "" : "s", text);
    len = 0;
    for (size_t i = 0; i < v->silent_count && len + 16 < sizeof(text); i++)
        len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s", i ? ", " : "",
                                ent_state_code(v->silent[i]));
    if (v->silent_count)
        cli_warn(cli, "no estimates of %s: all votes of %s are left out", text,
                 v->silent_count == 1 ? "the state" : "these states");
}

static int by_mean(const void *a, const void *b)
{
    const struct ent_ideal_estimate *x = *(const struct ent_ideal_estimate *const *)a;
    const struct ent_ideal_estimate *y = *(const struct ent_ideal_estimate *const *)b;

    if (x->mean != y->mean)
        return x->mean > y->mean ? -1 : 1;
    return (x->state > y->state) - (x->state < y->state);
}

enum {
    ENDS_SHOWN = 5,
};

static void
put_point(struct ent_document *page, const struct ent_ideal_estimate *e, size_t place)
{
    char text[ENT_NUMBER_TEXT];

    ent_document_row(page);
    ent_document_cell_int(page, (long long)place);
    ent_document_cell(page, ENT_TONE_PLAIN, ent_state_name(e->state, e->session + 1945), NULL);
    ent_document_cell(page, ENT_TONE_DIM, ent_state_code(e->state), NULL);
    snprintf(text, sizeof(text), "%.2f", e->mean);
    ent_document_cell(page, ENT_TONE_STRONG, text, NULL);
    snprintf(text, sizeof(text), "%.2f to %.2f", e->q5, e->q95);
    ent_document_cell(page, ENT_TONE_DIM, text, NULL);
    ent_document_cell(page, ENT_TONE_DIM, ent_integer_text(e->votes, text, sizeof(text)), NULL);
}

/* Both ends of the last session's line. */
static void put_ends(struct ent_document *page, const struct ent_ideal *ideal)
{
    static const struct ent_document_column columns[] = {
        { "place", "", ENT_ALIGN_RIGHT, false, 0 },
        { "state", "state", ENT_ALIGN_LEFT, true, 0 },
        { "code", "", ENT_ALIGN_LEFT, false, 0 },
        { "point", "ideal point", ENT_ALIGN_RIGHT, false, 0 },
        { "interval", "90 % interval", ENT_ALIGN_LEFT, false, 0 },
        { "votes", "votes", ENT_ALIGN_RIGHT, false, 0 },
    };
    const struct ent_ideal_estimate **last = cli_alloc(ideal->point_count, sizeof(*last));
    size_t count = 0;
    char text[80];

    for (size_t p = 0; p < ideal->point_count; p++) {
        if (ideal->points[p].session == ideal->votes.last_session)
            last[count++] = &ideal->points[p];
    }
    qsort(last, count, sizeof(*last), by_mean);
    snprintf(text, sizeof(text), "Session %d, %zu states", ideal->votes.last_session, count);
    ent_document_heading(page, text);
    ent_document_table(page, columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t k = 0; k < count; k++) {
        if (k < ENDS_SHOWN || k + ENDS_SHOWN >= count)
            put_point(page, last[k], k + 1);
        else if (k == ENDS_SHOWN)
            ent_document_remark(page, "…");
    }
    free(last);
}

static void put_files(struct ent_document *page, const struct request *r,
                      const struct ent_ideal *ideal, const struct ent_ideal_saved *saved)
{
    char number[ENT_NUMBER_TEXT], items[ENT_NUMBER_TEXT];

    if (r->output)
        ent_document_text(page, ENT_TONE_PLAIN, "%s estimates in %s.",
                          ent_integer_text((int64_t)ideal->point_count, number, sizeof(number)),
                          r->output);
    if (r->items)
        ent_document_text(page, ENT_TONE_PLAIN, "%s items in %s.",
                          ent_integer_text((int64_t)ideal->item_count, items, sizeof(items)),
                          r->items);
    if (r->report)
        ent_document_text(page, ENT_TONE_PLAIN, "A page about the run in %s.", r->report);
    if (saved && saved->replaced[0])
        ent_document_text(page, ENT_TONE_PLAIN, "In the store, in the place of: %s.",
                          saved->replaced);
    else if (saved)
        ent_document_text(page, ENT_TONE_PLAIN, "In the store, as entente_ideal.");
    if (saved)
        ent_document_text(page, ENT_TONE_DIM,
                          "It is a source of ideal.point, ideal.distance and ideal.closer: "
                          "entente partners USA --measure ideal.distance@entente_ideal");
}

static int write_page(const struct request *r, const struct ent_ideal *ideal,
                      const struct ent_ideal_saved *saved)
{
    const struct ent_ideal_votes_info *v = &ideal->votes;
    struct ent_document *page = ent_document_new();
    char used[ENT_NUMBER_TEXT], calls[ENT_NUMBER_TEXT], items[ENT_NUMBER_TEXT];
    char title[160];

    if (!page)
        return cli_complain("out of memory");
    snprintf(title, sizeof(title), "Ideal points: %s", ideal->version);
    ent_document_title(page, title);
    ent_document_gap(page);
    ent_document_text(page, ENT_TONE_PLAIN,
                      "%s votes of %zu states on %s roll calls (%s): %s resolutions, %s.",
                      ent_integer_text((int64_t)v->used, used, sizeof(used)), v->states,
                      ent_integer_text((int64_t)v->roll_calls, calls, sizeof(calls)), v->source,
                      ent_integer_text((int64_t)v->items, items, sizeof(items)), v->link);
    ent_document_text(page, ideal->converged ? ENT_TONE_GOOD : ENT_TONE_BAD, "%s.",
                      ideal->convergence);
    put_ends(page, ideal);
    ent_document_gap(page);
    put_files(page, r, ideal, saved);
    return cli_write(r->cli, page);
}

static int print_points(const struct ent_ideal *ideal, enum ent_ideal_format format)
{
    struct ent_error err = { 0 };
    char *text = NULL;

    if (ent_ideal_write_points(ideal, format, &text, &err) != ENT_OK)
        return cli_fail(&err);
    fputs(text, stdout);
    ent_text_free(text);
    return CLI_OK;
}

/* The table on standard output, for programs, unless a file was named; else the page. */
static int print(const struct request *r, const struct ent_ideal *ideal,
                 const struct ent_ideal_saved *saved)
{
    enum cli_format format = cli_output(r->cli);

    if (r->output && strcmp(r->output, "-") == 0)
        return print_points(ideal, r->cli->format == CLI_JSON  ? ENT_IDEAL_JSON
                                   : r->cli->format == CLI_TSV ? ENT_IDEAL_TSV
                                                               : ENT_IDEAL_CSV);
    if (format == CLI_JSON)
        return print_points(ideal, ENT_IDEAL_JSON);
    if (format == CLI_TSV && !r->output)
        return print_points(ideal, ENT_IDEAL_TSV);
    if (format == CLI_TSV) {
        printf("%zu estimates in %s\n", ideal->point_count, r->output);
        return CLI_OK;
    }
    return write_page(r, ideal, saved);
}

static int answer(struct request *r, struct ent_store *store, const struct ent_ideal *ideal)
{
    struct ent_ideal_saved saved;
    struct ent_error err = { 0 };
    int status;

    warn_of_votes(r->cli, &ideal->votes);
    if (!r->no_store && ent_ideal_save(store, ideal, r->keep_draws, &saved, &err) != ENT_OK)
        return cli_fail(&err);
    status = write_files(r, ideal);
    if (status == CLI_OK)
        status = print(r, ideal, r->no_store ? NULL : &saved);
    if (status == CLI_OK && !ideal->converged && !r->accept) {
        fprintf(stderr, "entente: %s; more draws, or more sweeps a draw (--thin), help\n",
                ideal->convergence);
        return CLI_FAILED;
    }
    return status;
}

static int estimate(struct request *r, struct ent_store *store)
{
    struct cli_progress progress;
    struct ent_ideal ideal = { 0 };
    struct ent_error err = { 0 };
    enum ent_status status;
    int exit_status;

    r->run.progress = cli_progress_show;
    r->run.context = &progress;
    cli_catch_interrupt();
    cli_progress_begin(&progress, r->cli);
    progress.timed = true;
    status = ent_ideal_run(store, &r->run, &ideal, &err);
    cli_progress_end(&progress);
    if (status == ENT_ECANCEL) {
        cli_fail(&err);
        if (!r->cli->quiet)
            fprintf(stderr, "entente: go on with it: entente ideal --resume%s%s\n",
                    r->checkpoint ? " --checkpoint " : "", r->checkpoint ? r->checkpoint : "");
        return CLI_INTERRUPTED;
    }
    if (status != ENT_OK)
        return cli_fail(&err);
    exit_status = answer(r, store, &ideal);
    ent_ideal_release(&ideal);
    return exit_status;
}

int cmd_ideal(struct cli *cli, int argc, char **argv)
{
    struct request r = { .cli = cli, .run = { .seed = 1 } };
    char path[4096], checkpoint[4200];
    struct ent_store *store = NULL;
    struct ent_error err = { 0 };
    int status;

    cli_parse(&argp, argc, argv, &r);
    status = read_anchors(&r);
    if (status == CLI_OK)
        status = find_checkpoint(&r, checkpoint, sizeof(checkpoint));
    r.run.checkpoint = checkpoint;
    if (status == CLI_OK && ent_store_path(cli->store, path, sizeof(path), &err) != ENT_OK)
        status = cli_fail(&err);
    /* A store that is not there is not made. */
    if (status == CLI_OK && ent_store_open(path, ENT_STORE_READ, &store, &err) == ENT_ENOTFOUND)
        status = cli_fail(&err);
    ent_store_close(store);
    store = NULL;
    if (status == CLI_OK && ent_store_open(path, r.no_store ? ENT_STORE_READ : ENT_STORE_WRITE,
                                           &store, &err) != ENT_OK)
        status = cli_fail(&err);
    if (status == CLI_OK)
        status = estimate(&r, store);
    ent_store_close(store);
    return status;
}

/* demo_look: what is to be seen of a run: rows of lanes, the time they cover, what the cursor points
 * at, what came of it. Reads and changes nothing.
 */
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "session/demo.h"

#define TOO_SHORT 100 /* to be drawn: less than so many parts of the whole */
#define FOLD_FROM 64 /* lanes from which on they share rows */

/* ---- rows -------------------------------------------------------------- */

static bool alone_in(const struct lanes *l, uint32_t section)
{
    for (size_t i = 1; i < l->count; i++)
        if (l->lanes[i].section == section)
            return false;
    return true;
}

/* What began before the first section, like a server that all of them use, would be a row without a bar where that was
 * a moment only: 1 then. */
static uint32_t first_shown(const struct demo_state *d, uint32_t sections)
{
    return sections && lanes_section_end(&d->lanes, 0, d->now) * TOO_SHORT < demo_whole(d);
}

/* main lives through all sections; it is shown where it does something, or nobody else is there. */
static bool shown(const struct demo_state *d, uint32_t section, size_t lane, uint32_t sections)
{
    const struct lanes *l = &d->lanes;
    uint64_t from = lanes_section_start(l, section), to = lanes_section_end(l, section, d->now);

    if (sections == 0)
        return true;
    if (lane > 0)
        return l->lanes[lane].section == section;
    return lanes_is_busy(&l->lanes[0], from, to) || (section > 0 && alone_in(l, section));
}

static struct demo_row *all_rows(const struct demo_state *d, size_t *ret_count)
{
    uint32_t sections = lanes_section_count(&d->lanes);
    struct demo_row *rows = NULL;
    size_t n = 0, cap = 0;

    for (uint32_t k = first_shown(d, sections); k <= sections; k++)
        for (size_t i = 0; i < d->lanes.count; i++)
            if (shown(d, k, i, sections)) {
                ARRAY_GROW(rows, n, cap);
                rows[n++] = (struct demo_row){k, i, i, 1};
            }
    *ret_count = n;
    return rows;
}

static bool shares_rows(const struct demo_state *d, size_t rows)
{
    return d->fold == FOLD_ON || (d->fold == FOLD_AUTO && rows > FOLD_FROM);
}

/* Main stays by itself, and sections stay apart. */
static size_t fold(struct demo_row *rows, size_t n, size_t group)
{
    size_t out = 0;

    for (size_t i = 0; i < n; i++) {
        struct demo_row *last = out ? &rows[out - 1] : NULL;
        if (last && last->count < group && last->section == rows[i].section && last->lane > 0) {
            last->last = rows[i].lane;
            last->count++;
        } else {
            rows[out++] = rows[i];
        }
    }
    return out;
}

bool demo_folds(const struct demo_state *d)
{
    size_t n;

    free(all_rows(d, &n));
    return shares_rows(d, n);
}

struct demo_row *demo_rows(const struct demo_state *d, size_t *ret_count)
{
    struct demo_row *rows = all_rows(d, ret_count);
    size_t n = *ret_count, room = d->room > 8 ? (size_t)d->room - 1 : 8; /* main stands alone */

    if (shares_rows(d, n) && n > room)
        *ret_count = fold(rows, n, (n + room - 1) / room);
    return rows;
}

bool demo_row_has(const struct demo_state *d, const struct demo_row *r, size_t lane)
{
    return r->count == 1 ? lane == r->lane
                         : d->lanes.lanes[lane].section == r->section ||
                               lanes_section_count(&d->lanes) == 0;
}

/* ---- time -------------------------------------------------------------- */

static uint64_t nice_above(uint64_t ns)
{
    uint64_t unit = 1000;

    for (; unit < UINT64_C(1000000000000); unit *= 10) {
        static const uint64_t steps[] = {10, 12, 15, 20, 25, 30, 40, 50, 60, 80};
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
            if (ns <= unit * steps[i] / 10)
                return unit * steps[i] / 10;
    }
    return ns;
}

uint64_t demo_whole(const struct demo_state *d)
{
    uint32_t sections = lanes_section_count(&d->lanes);
    uint64_t most = 0;

    for (uint32_t k = sections ? 1 : 0; k <= sections; k++) {
        uint64_t n = lanes_section_end(&d->lanes, k, d->now) - lanes_section_start(&d->lanes, k);
        most = n > most ? n : most;
    }
    return nice_above(most);
}

uint64_t demo_span(const struct demo_state *d, uint64_t *ret_from)
{
    *ret_from = d->span ? d->from : 0;
    return d->span ? d->span : demo_whole(d);
}

/* ---- words ------------------------------------------------------------- */

/* "T1 and 15 more: 3 run, 13 wait". */
static char *crowd_words(const struct demo_state *d, const struct demo_row *r, uint64_t at)
{
    static const char *const words[] = {[DOING_NOTHING] = "not there", [DOING_RUN] = "run",
                                        [DOING_READY] = "ready",       [DOING_BLOCK] = "blocked",
                                        [DOING_WAIT] = "wait",         [DOING_SLEEP] = "asleep",
                                        [DOING_KILLED] = "killed"};
    size_t of[DOING_KILLED + 1] = {0};
    struct strbuf b = STRBUF_INIT;

    for (size_t i = r->lane; i <= r->last; i++)
        if (demo_row_has(d, r, i))
            of[lanes_doing(&d->lanes.lanes[i], at, at + 1, d->now, d->phase == DEMO_OVER)]++;
    strbuf_addf(&b, "%s and %zu more", d->lanes.lanes[r->lane].name, r->count - 1);
    for (int k = 0, any = 0; k <= DOING_KILLED; k++) {
        int doing = (k + 1) % (DOING_KILLED + 1); /* those who are not there come last */
        if (of[doing])
            strbuf_addf(&b, "%s%zu %s", any++ ? ", " : ": ", of[doing], words[doing]);
    }
    return strbuf_take(&b);
}

char *demo_cursor_words(const struct demo_state *d)
{
    size_t n;
    struct demo_row *rows = demo_rows(d, &n);
    char *text = NULL;

    if (d->cursor && d->row < n) {
        uint64_t zero = lanes_section_start(&d->lanes, rows[d->row].section), at = zero + d->at;
        char *words = rows[d->row].count > 1 ? crowd_words(d, &rows[d->row], at)
                                             : lanes_words(&d->lanes, rows[d->row].lane, at, zero);
        char *when = lanes_duration((uint64_t)d->at);
        text = xasprintf("at %s: %s", when, words);
        free(when);
        free(words);
    }
    free(rows);
    return text;
}

char *demo_expected(const struct demo_state *d)
{
    double want, give = 0;

    if (!d->demo || !d->demo->expect || d->phase != DEMO_OVER)
        return NULL;
    int n = sscanf(d->demo->expect, "time %lf ±%lf", &want, &give);
    if (n < 1)
        return xasprintf("expected: %s", d->demo->expect);
    if (n < 2)
        give = want / 10;
    return xasprintf(
        "expected %g s, took %.2f s%s", want, d->elapsed,
        fabs(d->elapsed - want) <= give ? "" : ": this machine is busy, or slower than usual");
}

char *demo_ending(const struct demo_state *d)
{
    if (d->phase != DEMO_OVER)
        return NULL;
    if (WIFSIGNALED(d->status))
        return WTERMSIG(d->status) == SIGKILL
                   ? xasprintf("it was stopped after %.0f s", d->elapsed)
                   : xasprintf("it was ended by signal %d", WTERMSIG(d->status));
    if (WIFEXITED(d->status) && WEXITSTATUS(d->status) != 0)
        return xasprintf("it ended with status %d", WEXITSTATUS(d->status));
    return NULL;
}

char *demo_lacking(const struct session *s)
{
    const struct demo *demo = s->demo->demo;
    const char *cores = s->measured ? s->measured(NULL, "cores") : NULL;
    int want;

    if (!demo || !demo->needs || s->demo->machine || !cores || sscanf(demo->needs, "cores>=%d", &want) != 1 ||
        atoi(cores) >= want)
        return NULL;
    return xasprintf("this needs %d cores, and this machine has %s: it runs, but cannot show what "
                     "it is meant to show%s",
                     want, cores,
                     demo_has_recorded(s->demo) ? "; `o` shows a run recorded on another machine"
                                                : "");
}

/* ---- histograms -------------------------------------------------------- */

static const char *histogram_title(const struct demo_state *d, size_t k)
{
    const struct lanes *l = &d->lanes;

    for (size_t i = 0; i < l->sample_count; i++) {
        bool new = true;
        for (size_t j = 0; j < i && new; j++)
            new = strcmp(l->samples[j].histogram, l->samples[i].histogram) != 0;
        if (new &&k-- == 0)
            return l->samples[i].histogram;
    }
    return NULL;
}

bool demo_histogram(const struct demo_state *d, size_t k, struct histogram *out,
                    const char **ret_title)
{
    const char *title = *ret_title = histogram_title(d, k);
    double *values = xcalloc(d->lanes.sample_count + 1, sizeof *values);
    size_t n = 0;

    for (size_t i = 0; title && i < d->lanes.sample_count; i++)
        if (strcmp(d->lanes.samples[i].histogram, title) == 0)
            values[n++] = d->lanes.samples[i].value;
    histogram_make(out, values, n);
    free(values);
    return title != NULL;
}

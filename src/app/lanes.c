/* lanes: see lanes.h. The writer ran learner code, so no number in the log is believed: counts are
 * clamped, strings cut, times ordered.
 */
#include "app/lanes.h"

#include "session/histogram.h"
#include "trace/lanes.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_COLUMN = 14, TIME_COLUMN = 10, MAX_LANE_ROWS = 24 };

struct painting {
    const struct lane_log *log;
    uint64_t end_ns;
    size_t bar; /* columns */
    struct strbuf out;
};

/* ---- reading the log ----------------------------------------------------------- */

static size_t clamp(uint32_t n, size_t most) { return n < most ? n : most; }

static void add_clean(struct strbuf *b, const char *text, size_t most)
{
    size_t n = strnlen(text, most);
    for (size_t i = 0; i < n; i++)
        strbuf_addc(b, (unsigned char)text[i] < ' ' || text[i] == 127 ? ' ' : text[i]);
}

/* What a thread is doing after an event, as one letter. */
static char letter_after(uint32_t kind)
{
    switch (kind) {
    case LANE_BLOCK: return 'b';
    case LANE_WAIT:
    case LANE_JOIN: return 'w';
    case LANE_SLEEP: return 'z';
    case LANE_END: return ' ';
    default: return '#';
    }
}

static size_t column_of(const struct painting *p, uint64_t ns, uint64_t from, uint64_t to)
{
    if (ns <= from || to <= from)
        return 0;
    size_t c = (size_t)((double)(ns - from) / (double)(to - from) * (double)p->bar);
    return c < p->bar ? c : p->bar - 1;
}

/* Running is never hidden by what a thread waited for in the same column. */
static void paint(const struct painting *p, char *bar, size_t from, size_t to, char letter)
{
    for (size_t i = from; i <= to && i < p->bar; i++)
        if (i > from || bar[i] == ' ' || letter == '#')
            bar[i] = letter;
}

static void paint_lane(const struct painting *p, const struct lane *l, uint64_t from, uint64_t to,
                       char *bar)
{
    uint64_t head = atomic_load(&l->head), first = head > LANE_RING ? head - LANE_RING : 0;
    uint64_t since = l->started_ns, ended = atomic_load(&l->ended_ns);
    char doing = first ? '?' : '#';
    memset(bar, ' ', p->bar);
    for (uint64_t i = first; i < head; i++) {
        const struct lane_event *ev = &l->ring[i % LANE_RING];
        if (ev->ns < since || ev->ns > p->end_ns)
            continue;
        paint(p, bar, column_of(p, since, from, to), column_of(p, ev->ns, from, to), doing);
        since = ev->ns;
        doing = letter_after(ev->kind);
    }
    uint64_t last = ended ? ended : p->end_ns;
    if (doing != ' ' && last >= since)
        paint(p, bar, column_of(p, since, from, to), column_of(p, last, from, to), doing);
    if (!ended)
        bar[column_of(p, p->end_ns, from, to)] = 'x';
}

/* ---- a section -------------------------------------------------------------------- */

static uint64_t lane_end(const struct painting *p, const struct lane *l)
{
    uint64_t end = atomic_load(&l->ended_ns);
    return end && end < p->end_ns ? end : p->end_ns;
}

static bool section_span(const struct painting *p, uint32_t section, uint64_t *from, uint64_t *to)
{
    size_t n = clamp(atomic_load(&p->log->lane_count), LANE_MAX);
    *from = UINT64_MAX;
    *to = 0;
    for (size_t i = 1; i < n; i++) {
        const struct lane *l = &p->log->lanes[i];
        if (l->section != section)
            continue;
        *from = l->started_ns < *from ? l->started_ns : *from;
        *to = lane_end(p, l) > *to ? lane_end(p, l) : *to;
    }
    return *to > *from && *from != UINT64_MAX;
}

static void add_lane(struct painting *p, const struct lane *l, uint64_t from, uint64_t to)
{
    char *bar = xmalloc(p->bar + 1);
    struct strbuf line = STRBUF_INIT;
    paint_lane(p, l, from, to, bar);
    bar[p->bar] = '\0';
    strbuf_adds(&line, "  ");
    add_clean(&line, l->name, sizeof l->name < NAME_COLUMN - 3 ? sizeof l->name : NAME_COLUMN - 3);
    strbuf_pad(&line, NAME_COLUMN, ' ');
    uint64_t end = lane_end(p, l);
    strbuf_addf(&line, "%s %7.3f s", bar,
                end > l->started_ns ? (double)(end - l->started_ns) / 1e9 : 0.0);
    strbuf_addf(&p->out, "%s\n", line.s);
    strbuf_fini(&line);
    free(bar);
}

static void add_section(struct painting *p, uint32_t section, const char *title)
{
    uint64_t from, to;
    size_t n = clamp(atomic_load(&p->log->lane_count), LANE_MAX), rows = 0, hidden = 0;
    if (!section_span(p, section, &from, &to))
        return;
    add_clean(&p->out, title, sizeof p->log->facts[0].text);
    strbuf_addf(&p->out, "%s(%.3f s)\n", *title ? " " : "", (double)(to - from) / 1e9);
    for (size_t i = 1; i < n; i++) {
        if (p->log->lanes[i].section != section)
            continue;
        if (rows++ < MAX_LANE_ROWS)
            add_lane(p, &p->log->lanes[i], from, to);
        else
            hidden++;
    }
    if (hidden)
        strbuf_addf(&p->out, "  and %zu more threads\n", hidden);
}

static void add_lanes(struct painting *p)
{
    uint32_t section = 0;
    size_t facts = clamp(atomic_load(&p->log->fact_count), LANE_FACTS);
    if (clamp(atomic_load(&p->log->lane_count), LANE_MAX) < 2)
        return;
    add_section(p, 0, "");
    for (size_t i = 0; i < facts; i++)
        if (p->log->facts[i].kind == FACT_SECTION)
            add_section(p, ++section, p->log->facts[i].text);
    uint32_t overflow = atomic_load(&p->log->overflow);
    if (overflow)
        strbuf_addf(&p->out, "and %u more threads without a lane\n", overflow);
    strbuf_adds(&p->out, "# runs or is ready   b waits for a lock   w waits   z sleeps   x ended "
                         "with the program\n");
}

/* ---- numbers ------------------------------------------------------------------------ */

static void add_facts(struct painting *p)
{
    size_t n = clamp(atomic_load(&p->log->fact_count), LANE_FACTS);
    for (size_t i = 0; i < n; i++) {
        const struct lane_fact *f = &p->log->facts[i];
        if (f->kind != FACT_REPORT && f->kind != FACT_SAY)
            continue;
        add_clean(&p->out, f->text, sizeof f->text);
        if (f->kind == FACT_REPORT) {
            strbuf_addf(&p->out, ": %.10g ", f->value);
            add_clean(&p->out, f->unit, sizeof f->unit);
            while (p->out.len && p->out.s[p->out.len - 1] == ' ')
                p->out.s[--p->out.len] = '\0';
        }
        strbuf_addc(&p->out, '\n');
    }
}

static bool is_sample_of(const struct lane_sample *s, const char *name)
{
    return strncmp(s->histogram, name, sizeof s->histogram) == 0 && isfinite(s->value);
}

static void bin_samples(const struct painting *p, const char *name, struct histogram *h)
{
    size_t n = clamp(atomic_load(&p->log->sample_count), LANE_SAMPLES), count = 0;
    double *values = xcalloc(n + 1, sizeof *values);
    for (size_t i = 0; i < n; i++) {
        struct lane_sample s = p->log->samples[i]; /* it may change while we look */
        if (is_sample_of(&s, name))
            values[count++] = s.value;
    }
    histogram_make(h, values, count);
    free(values);
}

static void add_bin(struct painting *p, const struct histogram *h, size_t i, int label_columns)
{
    size_t room = p->bar > 20 ? p->bar - 16 : 10, bar = h->bins[i].count * room / h->most;
    char *label = histogram_label(&h->bins[i]);
    strbuf_addf(&p->out, "  %*s %6zu ", label_columns, label, h->bins[i].count);
    for (size_t k = 0; k < bar + (h->bins[i].count && !bar); k++)
        strbuf_addc(&p->out, '#');
    while (p->out.s[p->out.len - 1] == ' ')
        p->out.s[--p->out.len] = '\0';
    strbuf_addc(&p->out, '\n');
    free(label);
}

static void add_histogram(struct painting *p, const char *name)
{
    struct histogram h;
    int columns = 0;
    bin_samples(p, name, &h);
    for (size_t i = 0; i < h.count; i++) {
        char *label = histogram_label(&h.bins[i]);
        columns = (int)strlen(label) > columns ? (int)strlen(label) : columns;
        free(label);
    }
    add_clean(&p->out, name, sizeof p->log->samples[0].histogram);
    strbuf_addf(&p->out, " (%zu samples)\n", h.samples);
    for (size_t i = 0; i < h.count; i++)
        add_bin(p, &h, i, columns);
}

static bool told_before(const struct painting *p, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strncmp(p->log->samples[i].histogram, p->log->samples[index].histogram,
                    sizeof p->log->samples[i].histogram) == 0)
            return true;
    return false;
}

static void add_histograms(struct painting *p)
{
    size_t n = clamp(atomic_load(&p->log->sample_count), LANE_SAMPLES);
    for (size_t i = 0; i < n; i++) {
        char name[sizeof p->log->samples[0].histogram + 1] = {0};
        if (told_before(p, i))
            continue;
        memcpy(name, p->log->samples[i].histogram, sizeof p->log->samples[i].histogram);
        add_histogram(p, name);
    }
}

char *lanes_text(const struct lane_log *log, uint64_t end_ns, int width)
{
    struct painting p = {.log = log, .end_ns = end_ns, .out = STRBUF_INIT};
    if (log->magic != LANE_MAGIC)
        return xstrdup("");
    p.bar =
        width > NAME_COLUMN + TIME_COLUMN + 20 ? (size_t)width - NAME_COLUMN - TIME_COLUMN - 1 : 20;
    add_lanes(&p);
    add_histograms(&p);
    add_facts(&p);
    return strbuf_take(&p.out);
}

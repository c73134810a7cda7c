/* lanes: see lanes.h. */
#include "app/lanes.h"

#include "session/histogram.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_COLUMN = 14, TIME_COLUMN = 10, MAX_LANE_ROWS = 24 };

struct painting {
    const struct lanes *lanes;
    uint64_t end; /* ns since the start */
    size_t bar;   /* columns */
    struct strbuf out;
};

/* Bytes of a name that fit, never half a character. */
static int name_bytes(const char *name, size_t most)
{
    size_t n = strnlen(name, most + 1);
    if (n > most)
        for (n = most; n > 0 && ((unsigned char)name[n] & 0xc0) == 0x80; n--)
            ;
    return (int)n;
}

/* ---- a lane -------------------------------------------------------------------- */

static const char letters[] = {[DOING_NOTHING] = ' ', [DOING_RUN] = '#',   [DOING_READY] = '.',
                               [DOING_BLOCK] = 'b',   [DOING_WAIT] = 'w',  [DOING_SLEEP] = 'z',
                               [DOING_KILLED] = 'x'};

static void paint_lane(const struct painting *p, const struct lanes_lane *l, uint64_t from,
                       uint64_t to, char *bar)
{
    uint64_t end = l->end && l->end < p->end ? l->end : p->end;

    for (size_t i = 0; i < p->bar; i++) {
        uint64_t at = from + (to - from) * i / p->bar, next = from + (to - from) * (i + 1) / p->bar;
        bool alive = next > l->start && at <= end;
        bar[i] = alive ? letters[lanes_doing(l, at, next > at ? next : at + 1, p->end, true)] : ' ';
        if (!l->end && at <= end && (next >= end || i + 1 == p->bar))
            bar[i] = 'x';
    }
}

/* ---- a section -------------------------------------------------------------------- */

static uint64_t lane_end(const struct painting *p, const struct lanes_lane *l)
{
    return l->end && l->end < p->end ? l->end : p->end;
}

/* main waits for the others most of the time: it is told of only if it gave itself a name. */
static size_t first_lane(const struct lanes *l) { return l->count && strcmp(l->lanes[0].name, "main") != 0 ? 0 : 1; }

static bool section_span(const struct painting *p, uint32_t section, uint64_t *from, uint64_t *to)
{
    *from = UINT64_MAX;
    *to = 0;
    for (size_t i = first_lane(p->lanes); i < p->lanes->count; i++) {
        const struct lanes_lane *l = &p->lanes->lanes[i];
        if (l->section != section)
            continue;
        *from = l->start < *from ? l->start : *from;
        *to = lane_end(p, l) > *to ? lane_end(p, l) : *to;
    }
    return *to > *from && *from != UINT64_MAX;
}

static void add_lane(struct painting *p, const struct lanes_lane *l, uint64_t from, uint64_t to)
{
    char *bar = xmalloc(p->bar + 1);
    struct strbuf line = STRBUF_INIT;
    paint_lane(p, l, from, to, bar);
    bar[p->bar] = '\0';
    strbuf_addf(&line, "  %.*s", name_bytes(l->name, NAME_COLUMN - 3), l->name);
    strbuf_pad(&line, NAME_COLUMN, ' ');
    uint64_t end = lane_end(p, l);
    strbuf_addf(&line, "%s %7.3f s", bar, end > l->start ? (double)(end - l->start) / 1e9 : 0.0);
    strbuf_addf(&p->out, "%s\n", line.s);
    strbuf_fini(&line);
    free(bar);
}

static void add_section(struct painting *p, uint32_t section)
{
    const char *title = lanes_section_title(p->lanes, section);
    uint64_t from, to, ready = 0;
    size_t rows = 0, hidden = 0;
    if (!section_span(p, section, &from, &to))
        return;
    strbuf_addf(&p->out, "%s%s(%.3f s)\n", title, *title ? " " : "", (double)(to - from) / 1e9);
    for (size_t i = first_lane(p->lanes); i < p->lanes->count; i++) {
        if (p->lanes->lanes[i].section != section)
            continue;
        ready += p->lanes->lanes[i].ready;
        if (rows++ < MAX_LANE_ROWS)
            add_lane(p, &p->lanes->lanes[i], from, to);
        else
            hidden++;
    }
    if (hidden)
        strbuf_addf(&p->out, "  and %zu more threads\n", hidden);
    if (ready >= 1000000)
        strbuf_addf(&p->out, "  could have run, but had no core: %.3f s\n", (double)ready / 1e9);
}

static void add_lanes(struct painting *p)
{
    if (p->lanes->count <= first_lane(p->lanes))
        return;
    for (uint32_t k = 0; k <= lanes_section_count(p->lanes); k++)
        add_section(p, k);
    if (p->lanes->overflow)
        strbuf_addf(&p->out, "and %u more threads without a lane\n", p->lanes->overflow);
    strbuf_adds(&p->out, "# runs   . ready, without a core   b waits for a lock   w waits   z sleeps\n"
                         "x ended with the program\n");
}

/* ---- numbers ------------------------------------------------------------------------ */

static void add_facts(struct painting *p)
{
    for (size_t i = 0; i < p->lanes->fact_count; i++) {
        const struct lanes_fact *f = &p->lanes->facts[i];
        if (f->kind == FACT_SAY)
            strbuf_addf(&p->out, "%s\n", f->text);
        if (f->kind == FACT_REPORT) {
            char *number = lanes_number(f->value);
            strbuf_addf(&p->out, "%s: %s%s%s\n", f->text, number, *f->unit ? " " : "", f->unit);
            free(number);
        }
    }
}

static void bin_samples(const struct painting *p, const char *name, struct histogram *h)
{
    double *values = xcalloc(p->lanes->sample_count + 1, sizeof *values);
    size_t count = 0;
    for (size_t i = 0; i < p->lanes->sample_count; i++)
        if (strcmp(p->lanes->samples[i].histogram, name) == 0)
            values[count++] = p->lanes->samples[i].value;
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
    strbuf_addf(&p->out, "%s (%zu samples)\n", name, h.samples);
    for (size_t i = 0; i < h.count; i++)
        add_bin(p, &h, i, columns);
}

static bool told_before(const struct painting *p, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(p->lanes->samples[i].histogram, p->lanes->samples[index].histogram) == 0)
            return true;
    return false;
}

static void add_histograms(struct painting *p)
{
    for (size_t i = 0; i < p->lanes->sample_count; i++)
        if (!told_before(p, i))
            add_histogram(p, p->lanes->samples[i].histogram);
}

char *lanes_text(const struct lanes *lanes, int width)
{
    struct painting p = {.lanes = lanes, .end = lanes->last, .out = STRBUF_INIT};
    p.bar =
        width > NAME_COLUMN + TIME_COLUMN + 20 ? (size_t)width - NAME_COLUMN - TIME_COLUMN - 1 : 20;
    add_lanes(&p);
    add_histograms(&p);
    add_facts(&p);
    return strbuf_take(&p.out);
}

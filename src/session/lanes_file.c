/* lanes_file: a run as a text file, so that it can be looked at where the machine cannot show it. The
 * format is described in docs/lesson-format.md. A file comes with a course, and courses come from
 * anywhere: every number is checked, every text cleaned, every count bounded.
 */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/lanes_inside.h"

#define HEADING     "threadmill-lanes 1"
#define MOST_EVENTS 200000
#define LONGEST_NS  UINT64_C(3600000000000)
#define MOST_OUTPUT 8192

static const char *const kinds[LANE_KIND_COUNT] = {
#define L(name, id) [LANE_##name] = id,
#include "trace/lane.def"
#undef L
};
static const char *const facts[] = {
    [FACT_NONE] = "none", [FACT_REPORT] = "report", [FACT_SAY] = "say", [FACT_SECTION] = "section"};

void lanes_run_fini(struct lanes_run *r)
{
    free(r->machine);
    free(r->output);
    *r = (struct lanes_run){0};
}

/* ---- writing ----------------------------------------------------------- */

/* Marks and events in order of time, each as far after the one before as it was. */
static void print_lane(struct strbuf *b, const struct lanes_lane *a)
{
    uint64_t last = a->start;
    size_t k = 0;

    strbuf_addf(b, "lane %" PRIu32 " %" PRIu64 " ", a->section, a->start);
    strbuf_addf(b, a->end ? "%" PRIu64 : "-", a->end);
    strbuf_addf(b, " %s\n", a->name);
    for (size_t i = 0; i < a->count; i++) {
        const struct lane_event *ev = &a->events[i];
        strbuf_addf(b, "%" PRIu64 " %s %" PRIu64 " %" PRIu32 "\n", ev->ns - last, kinds[ev->kind],
                    ev->object, ev->detail);
        last = ev->ns;
    }
    for (last = a->start; k < a->mark_count; k++) {
        strbuf_addf(b, "core %" PRIu64 " %.3f\n", a->marks[k].ns - last, a->marks[k].share);
        last = a->marks[k].ns;
    }
}

static void print_output(struct strbuf *b, const char *output)
{
    for (const char *line = output ? output : ""; *line;) {
        size_t n = strcspn(line, "\n");
        strbuf_addf(b, "printed %.*s\n", (int)n, line);
        line += n + (line[n] != '\0');
    }
}

char *lanes_print(const struct lanes *l, const struct lanes_run *r)
{
    struct strbuf b = STRBUF_INIT;

    strbuf_addf(&b, HEADING "\nmachine %s\n", r->machine ? r->machine : "");
    strbuf_addf(&b, "run %.6f %.6f %d %" PRIu32 "\n", r->elapsed, r->cpu, r->status, l->overflow);
    for (size_t i = 0; i < l->fact_count; i++)
        strbuf_addf(&b, "%s %" PRIu64 " %.17g %s|%s\n", facts[l->facts[i].kind], l->facts[i].ns,
                    l->facts[i].value, l->facts[i].unit, l->facts[i].text);
    for (size_t i = 0; i < l->sample_count; i++)
        strbuf_addf(&b, "sample %.9g %s\n", l->samples[i].value, l->samples[i].histogram);
    print_output(&b, r->output);
    for (size_t i = 0; i < l->count; i++)
        print_lane(&b, &l->lanes[i]);
    return strbuf_take(&b);
}

/* ---- reading ----------------------------------------------------------- */

struct reader {
    struct lanes *l;
    struct lanes_run *r;
    struct lanes_lane *lane; /* the last one begun */
    uint64_t event_ns, mark_ns;
    size_t events;
    struct strbuf output;
};

/* The next field as a number, at most `most`. */
static bool number(char **at, uint64_t most, uint64_t *out)
{
    char *end;

    *at += strspn(*at, " ");
    if (**at < '0' || **at > '9')
        return false;
    errno = 0;
    *out = strtoull(*at, &end, 10);
    if (errno || *out > most || (*end && *end != ' '))
        return false;
    *at = end;
    return true;
}

static bool real(char **at, double *out)
{
    char *end;

    *out = strtod(*at, &end);
    if (end == *at || !isfinite(*out) || (*end && *end != ' '))
        return false;
    *at = end;
    return true;
}

static bool read_machine(struct reader *p, char *at)
{
    char text[80];

    lanes_copy_text(text, sizeof text, at);
    free(p->r->machine);
    p->r->machine = xstrdup(text);
    return true;
}

static bool read_run(struct reader *p, char *at)
{
    uint64_t status, overflow;

    if (!real(&at, &p->r->elapsed) || !real(&at, &p->r->cpu) || !number(&at, 0xffff, &status) ||
        !number(&at, UINT32_MAX, &overflow))
        return false;
    p->r->status = (int)status;
    p->l->overflow = (uint32_t)overflow;
    return p->r->elapsed >= 0 && p->r->cpu >= 0;
}

static bool read_fact(struct reader *p, enum fact_kind kind, char *at)
{
    struct lanes_fact *f = &p->l->facts[p->l->fact_count];

    if (p->l->fact_count == LANE_FACTS || !number(&at, LONGEST_NS, &f->ns) || !real(&at, &f->value))
        return false;
    char *bar = strchr(at, '|');
    if (!bar || *at != ' ')
        return false;
    *bar = '\0';
    f->kind = kind;
    lanes_copy_text(f->unit, sizeof f->unit, at + 1);
    lanes_copy_text(f->text, sizeof f->text, bar + 1);
    p->l->fact_count++;
    return true;
}

static bool read_sample(struct reader *p, char *at)
{
    struct lanes_sample *s = &p->l->samples[p->l->sample_count];

    if (p->l->sample_count == LANE_SAMPLES || !real(&at, &s->value) || *at != ' ')
        return false;
    lanes_copy_text(s->histogram, sizeof s->histogram, at + 1);
    p->l->sample_count++;
    return true;
}

static bool read_printed(struct reader *p, char *at)
{
    char text[512];

    lanes_copy_text(text, sizeof text, at);
    strbuf_addf(&p->output, "%s\n", text);
    return p->output.len <= MOST_OUTPUT;
}

static bool read_lane(struct reader *p, char *at)
{
    uint64_t section;
    struct lanes_lane *a = &p->l->lanes[p->l->count];

    if (p->l->count == LANE_MAX || !number(&at, LANE_FACTS, &section) ||
        !number(&at, LONGEST_NS, &a->start))
        return false;
    at += strspn(at, " ");
    if (*at == '-')
        at++;
    else if (!number(&at, LONGEST_NS, &a->end) || a->end < a->start)
        return false;
    if (*at != ' ')
        return false;
    a->section = (uint32_t)section;
    lanes_copy_text(a->name, sizeof a->name, at + 1);
    p->l->count++;
    p->lane = a;
    p->event_ns = p->mark_ns = a->start;
    if (a->end > p->l->last)
        p->l->last = a->end;
    return true;
}

static bool read_core(struct reader *p, char *at)
{
    struct lanes_lane *a = p->lane;
    struct lanes_mark m;
    uint64_t step;

    if (!a || !number(&at, LONGEST_NS, &step) || !real(&at, &m.share) || m.share < 0 ||
        m.share > 1 || p->mark_ns + step > LONGEST_NS || ++p->events > MOST_EVENTS)
        return false;
    p->mark_ns = m.ns = p->mark_ns + step;
    ARRAY_GROW(a->marks, a->mark_count, a->mark_cap);
    a->marks[a->mark_count++] = m;
    return true;
}

static enum lane_kind kind_named(const char *name, size_t n)
{
    for (int k = LANE_START; k < LANE_RAN; k++)
        if (strlen(kinds[k]) == n && memcmp(kinds[k], name, n) == 0)
            return (enum lane_kind)k;
    return LANE_NOTHING;
}

static bool read_event(struct reader *p, char *at)
{
    struct lane_event ev = {0};
    uint64_t step, detail;

    if (!p->lane || !number(&at, LONGEST_NS, &step) || p->event_ns + step > LONGEST_NS)
        return false;
    at += strspn(at, " ");
    ev.kind = kind_named(at, strcspn(at, " "));
    at += strcspn(at, " ");
    if (ev.kind == LANE_NOTHING || !number(&at, UINT64_MAX, &ev.object) ||
        !number(&at, UINT32_MAX, &detail) || ++p->events > MOST_EVENTS)
        return false;
    ev.detail = (uint32_t)detail;
    ev.ns = p->event_ns += step;
    lanes_add_event(p->l, (size_t)(p->lane - p->l->lanes), &ev);
    return true;
}

static bool read_line(struct reader *p, char *line)
{
    size_t n = strcspn(line, " ");
    char *rest = line + n + (line[n] == ' ');

    if (*line >= '0' && *line <= '9')
        return read_event(p, line);
    line[n] = '\0';
    for (enum fact_kind k = FACT_REPORT; k <= FACT_SECTION; k++)
        if (strcmp(line, facts[k]) == 0)
            return read_fact(p, k, rest);
    return strcmp(line, "machine") == 0   ? read_machine(p, rest)
           : strcmp(line, "run") == 0     ? read_run(p, rest)
           : strcmp(line, "sample") == 0  ? read_sample(p, rest)
           : strcmp(line, "printed") == 0 ? read_printed(p, rest)
           : strcmp(line, "lane") == 0    ? read_lane(p, rest)
           : strcmp(line, "core") == 0    ? read_core(p, rest)
                                          : false;
}

/* How long each lane had no core follows from its marks and what it did between them. */
static void add_up(struct lanes_lane *a)
{
    uint64_t from = a->start;

    for (size_t i = 0; i < a->mark_count; i++) {
        uint64_t run = lanes_running(a, from, a->marks[i].ns);
        uint64_t cpu = (uint64_t)((double)run * a->marks[i].share);
        a->cpu += cpu;
        a->ready += run - cpu;
        from = a->marks[i].ns;
    }
}

static bool read_all(struct reader *p, char *text, struct err *e)
{
    int number = 2;

    if (strncmp(text, HEADING "\n", sizeof HEADING) != 0)
        return err_set(e, EINVAL, "this is no recorded run: its first line is not '%s'", HEADING);
    for (char *line = text + sizeof HEADING; *line; number++) {
        size_t n = strcspn(line, "\n");
        bool last = !line[n];
        line[n] = '\0';
        if (n > 0 && !read_line(p, line))
            return err_set(e, EINVAL, "line %d of the recorded run makes no sense", number);
        line += n + !last;
    }
    return p->l->count > 0 || err_set(e, EINVAL, "the recorded run has no lane");
}

bool lanes_parse(const char *text, struct lanes *l, struct lanes_run *r, struct err *e)
{
    struct reader p = {.l = l, .r = r, .output = STRBUF_INIT};
    char *copy = xstrdup(text);

    lanes_begin(l);
    l->start_ns = 1;
    bool ok = read_all(&p, copy, e);
    free(copy);
    if (ok) {
        r->output = strbuf_take(&p.output);
        for (size_t i = 0; i < l->count; i++)
            add_up(&l->lanes[i]);
        lanes_over(l, (uint64_t)(r->elapsed < 3600 ? r->elapsed * 1e9 : 0));
        return true;
    }
    strbuf_fini(&p.output);
    lanes_fini(l);
    lanes_run_fini(r);
    return false;
}

/* schedule: every decision of a run, as data, as a token, as words.
 *
 * Token grammar:  TEST ':' CLOCK [ 'w' ] [ 'd' HEX ] { ',' RANGE } ':' { ITEM } [ ':' CHECK ]
 *   CLOCK  i | h
 *   RANGE  g OFFSET '+' SIZE | h TID '-' BLOCK '-' OFFSET '+' SIZE | s TID '-' OFFSET '+' SIZE   (hex)
 *   ITEM   LETTER [ COUNT ] | LETTER '.' VARIANT      a = main, b = T1, … z, A … V
 *   CHECK  hex
 */
#include "trace/trace.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV";
_Static_assert(sizeof letters - 1 == TRACE_MAX_THREADS, "a letter for each thread");

void trace_schedule_fini(struct trace_schedule *s)
{
    free(s->test);
    free(s->ranges);
    free(s->steps);
    *s = (struct trace_schedule){0};
}

void trace_schedule_copy(struct trace_schedule *to, const struct trace_schedule *from)
{
    *to = *from;
    to->test = from->test ? xstrdup(from->test) : NULL;
    to->range_cap = from->range_count;
    to->ranges = NULL;
    if (from->range_count) {
        to->ranges = xmalloc(from->range_count * sizeof *to->ranges);
        memcpy(to->ranges, from->ranges, from->range_count * sizeof *to->ranges);
    }
    to->step_cap = from->step_count;
    to->steps = NULL;
    if (from->step_count) {
        to->steps = xmalloc(from->step_count * sizeof *to->steps);
        memcpy(to->steps, from->steps, from->step_count * sizeof *to->steps);
    }
}

void trace_schedule_push(struct trace_schedule *s, int tid, int variant)
{
    ARRAY_GROW(s->steps, s->step_count, s->step_cap);
    s->steps[s->step_count++] = (struct trace_step){(uint8_t)tid, (uint8_t)variant};
}

static bool same_step(struct trace_step a, struct trace_step b)
{
    return a.tid == b.tid && a.variant == 0 && b.variant == 0;
}

static size_t run_length(const struct trace_schedule *s, size_t i)
{
    size_t n = 1;
    while (i + n < s->step_count && same_step(s->steps[i], s->steps[i + n]))
        n++;
    return n;
}

static void add_range(struct strbuf *b, const struct trace_range *r)
{
    unsigned long long off = (unsigned long long)r->offset, size = r->size, block = r->block;
    if (r->kind == REF_GLOBAL)
        strbuf_addf(b, ",g%llx+%llx", off, size);
    else if (r->kind == REF_SHARED)
        strbuf_addf(b, ",m%llx+%llx", off, size);
    else if (r->kind == REF_HEAP)
        strbuf_addf(b, ",h%x-%llx-%llx+%llx", (unsigned)r->tid, block, off, size);
    else
        strbuf_addf(b, ",s%x-%llx+%llx", (unsigned)r->tid, off, size);
}

char *trace_schedule_token(const struct trace_schedule *s)
{
    struct strbuf b = STRBUF_INIT;
    strbuf_addf(&b, "%s:%c%s", s->test ? s->test : "main", s->hostile ? 'h' : 'i',
                s->watched_visible ? "w" : "");
    if (s->driven)
        strbuf_addf(&b, "d%llx", (unsigned long long)s->driven);
    for (size_t i = 0; i < s->range_count; i++)
        add_range(&b, &s->ranges[i]);
    strbuf_addc(&b, ':');
    for (size_t i = 0; i < s->step_count;) {
        struct trace_step step = s->steps[i];
        size_t n = run_length(s, i);
        strbuf_addc(&b, step.tid < TRACE_MAX_THREADS ? letters[step.tid] : '_');
        if (step.variant)
            strbuf_addf(&b, ".%u", step.variant);
        else if (n > 1)
            strbuf_addf(&b, "%zu", n);
        i += n;
    }
    if (s->check)
        strbuf_addf(&b, ":%x", s->check);
    return strbuf_take(&b);
}

static bool bad_token(struct err *e, const char *what)
{
    return err_set(e, EINVAL, "not a schedule token: %s", what);
}

static bool parse_hex(const char **p, unsigned long long *out)
{
    if (!isxdigit((unsigned char)**p))
        return false;
    char *end;
    errno = 0;
    *out = strtoull(*p, &end, 16);
    bool ok = errno == 0 && end - *p <= 16;
    *p = end;
    return ok;
}

static bool skip_char(const char **p, char c) { return **p == c ? ((*p)++, true) : false; }

static bool parse_range(const char **p, struct trace_range *r)
{
    unsigned long long tid = 0, block = 0, off = 0, size = 0;
    char kind = *(*p)++;
    bool ok = kind == 'g' || kind == 'm' || kind == 'h' || kind == 's';
    if (ok && (kind == 'h' || kind == 's'))
        ok = parse_hex(p, &tid) && skip_char(p, '-') && tid < TRACE_MAX_THREADS;
    if (ok && kind == 'h')
        ok = parse_hex(p, &block) && skip_char(p, '-');
    ok = ok && parse_hex(p, &off) && skip_char(p, '+') && parse_hex(p, &size) && size > 0 && size <= 1 << 20;
    *r = (struct trace_range){
        .kind = kind == 'g' ? REF_GLOBAL : kind == 'm' ? REF_SHARED : kind == 'h' ? REF_HEAP : REF_STACK,
        .tid = (int)tid, .block = block, .offset = (int64_t)off, .size = size};
    return ok;
}

static bool parse_modes(const char **p, struct trace_schedule *s, struct err *e)
{
    if (**p != 'i' && **p != 'h')
        return bad_token(e, "the clock must be i or h");
    s->hostile = *(*p)++ == 'h';
    s->watched_visible = skip_char(p, 'w');
    unsigned long long driven = 0;
    if (skip_char(p, 'd') && !parse_hex(p, &driven))
        return bad_token(e, "the driven threads are wrong");
    s->driven = driven;
    while (skip_char(p, ',')) {
        struct trace_range r;
        if (s->range_count >= 4096 || !parse_range(p, &r))
            return bad_token(e, "a memory range is wrong");
        ARRAY_GROW(s->ranges, s->range_count, s->range_cap);
        s->ranges[s->range_count++] = r;
    }
    return skip_char(p, ':') || bad_token(e, "it has no decisions");
}

static bool parse_item(const char **p, struct trace_schedule *s, struct err *e)
{
    const char *at = strchr(letters, *(*p)++);
    unsigned long n = 1, variant = 0;
    char *end;
    if (!at)
        return bad_token(e, "a letter names no thread");
    if (**p == '.') {
        variant = isdigit((unsigned char)(*p)[1]) ? strtoul(*p + 1, &end, 10) : 256;
        if (variant == 0 || variant > 255)
            return bad_token(e, "a variant is wrong");
        *p = end;
    } else if (isdigit((unsigned char)**p)) {
        n = strtoul(*p, &end, 10);
        *p = end;
    }
    if (n == 0 || n > 1000000 || s->step_count + n > 1000000)
        return bad_token(e, "too many decisions");
    while (n--)
        trace_schedule_push(s, (int)(at - letters), (int)variant);
    return true;
}

static bool parse_body(const char *p, struct trace_schedule *s, struct err *e)
{
    const char *colon = strchr(p, ':');
    if (!colon || colon == p || colon - p > 63)
        return bad_token(e, "it must begin with the test's name and a colon");
    s->test = xstrndup(p, (size_t)(colon - p));
    p = colon + 1;
    if (!parse_modes(&p, s, e))
        return false;
    while (*p && *p != ':')
        if (!parse_item(&p, s, e))
            return false;
    unsigned long long check = 0;
    if (*p == ':' && (p++, !parse_hex(&p, &check) || *p || check > UINT32_MAX))
        return bad_token(e, "its check is damaged");
    s->check = (uint32_t)check;
    return true;
}

bool trace_schedule_parse(const char *token, struct trace_schedule *out, struct err *e)
{
    struct trace_schedule s = {0};
    if (!parse_body(token, &s, e)) {
        trace_schedule_fini(&s);
        return false;
    }
    *out = s;
    return true;
}

static void add_name(struct strbuf *b, int tid, const char *const *names)
{
    if (names)
        strbuf_adds(b, names[tid]);
    else if (tid == 0)
        strbuf_adds(b, "main");
    else
        strbuf_addf(b, "T%d", tid);
}

char *trace_schedule_words(const struct trace_schedule *s, const char *const *names)
{
    struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < s->step_count;) {
        struct trace_step step = s->steps[i];
        size_t n = run_length(s, i);
        if (b.len)
            strbuf_addc(&b, ' ');
        add_name(&b, step.tid, names);
        if (step.variant == CHOICE_SPURIOUS)
            strbuf_adds(&b, "(spurious)");
        else if (step.variant == CHOICE_EARLY)
            strbuf_adds(&b, "(early)");
        else if (step.variant == CHOICE_ALARM)
            strbuf_adds(&b, "(alarm)");
        else if (step.variant == CHOICE_HANDLER || step.variant == CHOICE_BREAK)
            strbuf_adds(&b, step.variant == CHOICE_BREAK ? "(handler, waiting)" : "(handler)");
        else if (step.variant >= CHOICE_WAKES)
            strbuf_addf(&b, "(choice %d)", step.variant - CHOICE_WAKES + 1);
        if (n > 1)
            strbuf_addf(&b, "*%zu", n);
        i += n;
    }
    return strbuf_take(&b);
}

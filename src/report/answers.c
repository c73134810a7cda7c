/* answers: spot the race. The learner names pairs of lines; the detector knows the pairs that
 * really race. What differs is explained from the accesses of one run: first what was named and is
 * no race, then what was not named, so that a wrong pair is answered before a right one is told. */
#include "report/answers.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct pair {
    int a, b; /* a <= b */
};
struct pairs {
    struct pair *pair;
    size_t count, cap;
};

static bool has(const struct pairs *p, struct pair x)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->pair[i].a == x.a && p->pair[i].b == x.b)
            return true;
    return false;
}

static void add(struct pairs *p, int a, int b)
{
    struct pair x = a <= b ? (struct pair){a, b} : (struct pair){b, a};
    if (has(p, x))
        return;
    ARRAY_GROW(p->pair, p->count, p->cap);
    p->pair[p->count++] = x;
}

static int in_order(const void *x, const void *y)
{
    const struct pair *p = x, *q = y;
    return p->a != q->a ? (p->a > q->a) - (p->a < q->a) : (p->b > q->b) - (p->b < q->b);
}

/* ---- what the learner wrote -------------------------------------------- */

static bool read_line_number(const char **s, int *ret)
{
    char *end;
    if (!isdigit((unsigned char)**s))
        return false;
    long v = strtol(*s, &end, 10);
    *s = end;
    *ret = (int)v;
    return v > 0 && v < 1000000;
}

/* "10-17", "10 - 17" */
static bool read_pair(const char **s, int *ret_a, int *ret_b)
{
    if (!read_line_number(s, ret_a))
        return false;
    *s += strspn(*s, " ");
    if (**s != '-')
        return false;
    *s += 1 + strspn(*s + 1, " ");
    return read_line_number(s, ret_b) && (!**s || strchr(" ,;\t\n", **s));
}

static bool parse_answer(const char *s, struct pairs *out)
{
    bool any = false;
    for (;;) {
        int a, b;
        s += strspn(s, " ,;\t\n");
        if (!*s)
            return any;
        if (!any && strcasecmp(s, "none") == 0)
            return true;
        if (!read_pair(&s, &a, &b))
            return false;
        add(out, a, b);
        any = true;
    }
}

/* ---- what is true ------------------------------------------------------ */

static const char *file_of(const struct trace_race *r)
{
    return r->a.at.file ? path_basename(r->a.at.file) : "";
}

static void true_pairs(const struct trace_result *r, struct pairs *out)
{
    for (size_t i = 0; i < r->race_count; i++)
        add(out, r->races[i].a.at.line, r->races[i].b.at.line);
    if (out->count)
        qsort(out->pair, out->count, sizeof *out->pair, in_order);
}

static const struct trace_race *race_at(const struct trace_result *r, struct pair x)
{
    for (size_t i = 0; i < r->race_count; i++) {
        int a = r->races[i].a.at.line, b = r->races[i].b.at.line;
        if ((a == x.a && b == x.b) || (a == x.b && b == x.a))
            return &r->races[i];
    }
    return NULL;
}

static bool is_flag(const struct trace_race *race)
{
    return race && race->object.decl && strstr(race->object.decl, "Bool");
}

/* Whoever missed a read next to a write; a flag counts as small enough, and what it announces as announced. */
static void why_missed(struct why *o, const struct trace_result *r, const struct pairs *said, struct pair x)
{
    const struct trace_race *race = race_at(r, x);
    if (race->a.write && race->b.write)
        return;
    o->belief = is_flag(race) ? "M11" : "M09";
    for (size_t i = 0; i < said->count && !is_flag(race); i++)
        if (is_flag(race_at(r, said->pair[i]))) {
            o->belief = "M11";
            o->right_if = "who sees a flag saw also what was written before it";
        }
}

/* "line 19 reads `stock` while line 12 may write it: you did not list 12-19" */
static char *missing(const struct trace_result *r, struct pair x)
{
    const struct trace_race *race = race_at(r, x);
    const struct trace_access *first = &race->a, *second = &race->b;
    if (first->write && !second->write) {
        first = &race->b;
        second = &race->a;
    }
    char *object = names_object(&race->object), *s;
    if (x.a == x.b)
        s = xasprintf(
            "two threads run line %d, and both may write `%s` there: you did not list %d-%d", x.a,
            object, x.a, x.b);
    else
        s = xasprintf("line %d %s `%s` while line %d may %s it: you did not list %d-%d",
                      first->at.line, first->write ? "writes" : "reads", object, second->at.line,
                      second->write ? "write" : "read", x.a, x.b);
    free(object);
    return s;
}

/* ---- why a listed pair is no race --------------------------------------- */

struct scene {
    const struct trace_run *run;
    const char *file; /* "" = any but the tests' own */
    struct pair x;
};

static bool at_line(const struct scene *s, const struct trace_event *ev, int line)
{
    if (ev->at.line != line || !ev->at.file)
        return false;
    return *s->file ? strcmp(path_basename(ev->at.file), s->file) == 0 : !names_of_check(&ev->at);
}

static bool is_lock_call(const struct trace_event *ev)
{
    return facts_locks_taken(ev) || ev->kind == EVENT_TRYLOCK;
}

static size_t count_events(const struct scene *s, int line,
                           bool (*which)(const struct trace_event *))
{
    size_t n = 0;
    for (size_t i = 0; i < s->run->count; i++)
        n += at_line(s, &s->run->events[i], line) && which(&s->run->events[i]);
    return n;
}

/* Events i of the first line and k of the second on the same memory, by different threads. */
static bool find_meeting(const struct scene *s, const struct trace_event **ret_i,
                         const struct trace_event **ret_k)
{
    for (size_t i = 0; i < s->run->count; i++) {
        const struct trace_event *a = &s->run->events[i];
        if (!facts_is_access(a) || !at_line(s, a, s->x.a))
            continue;
        for (size_t k = 0; k < s->run->count; k++) {
            const struct trace_event *b = &s->run->events[k];
            if (b->tid != a->tid && facts_is_access(b) && at_line(s, b, s->x.b) &&
                names_same_object(&a->object, &b->object) &&
                (facts_is_write(a) || facts_is_write(b))) {
                *ret_i = a->index < b->index ? a : b;
                *ret_k = a->index < b->index ? b : a;
                return true;
            }
        }
    }
    return false;
}

static bool same_memory_anywhere(const struct scene *s, bool *ret_written)
{
    bool same = false;
    *ret_written = false;
    for (size_t i = 0; i < s->run->count; i++) {
        const struct trace_event *a = &s->run->events[i];
        for (size_t k = 0; facts_is_access(a) && at_line(s, a, s->x.a) && k < s->run->count; k++) {
            const struct trace_event *b = &s->run->events[k];
            if (!facts_is_access(b) || !at_line(s, b, s->x.b) ||
                !names_same_object(&a->object, &b->object))
                continue;
            same = true;
            *ret_written |= facts_is_write(a) || facts_is_write(b);
        }
    }
    return same;
}

static bool between(const struct scene *s, enum event_kind kind, int tid, int other, int from,
                    int to)
{
    for (size_t i = 0; i < s->run->count; i++) {
        const struct trace_event *ev = &s->run->events[i];
        if (ev->index > from && ev->index < to && ev->kind == kind && ev->tid == tid &&
            ev->value == (uint64_t)other)
            return true;
    }
    return false;
}

static bool common_lock(const struct scene *s, const struct trace_event *a,
                        const struct trace_event *b, const struct trace_ref **ret_lock);

static char *why_ordered(const struct scene *s, const struct trace_event *a,
                         const struct trace_event *b, const char **ret_right_if)
{
    const struct trace_ref *lock;
    char *object = names_object(&a->object), *words = NULL;
    if (between(s, EVENT_CREATE, a->tid, b->tid, a->index, b->index))
        words = xasprintf("line %d comes before the create, and create is what orders them",
                          a->at.line),
        *ret_right_if = "creating a thread ordered nothing";
    else if (between(s, EVENT_JOIN, b->tid, a->tid, a->index, b->index))
        words = xasprintf(
            "join is what orders them: the thread has ended before `%s` is used again", object),
        *ret_right_if = "joining a thread ordered nothing";
    else if (common_lock(s, a, b, &lock)) {
        char *name = names_object(lock);
        words = xasprintf("both hold `%s` while they use `%s`", name, object);
        free(name);
        *ret_right_if = "what two threads use raced under a lock, too";
    } else
        words = xasprintf("one always comes after the other, whoever runs first");
    free(object);
    return words;
}

static bool holds_lock(const struct scene *s, int tid, const struct trace_ref *lock, int when)
{
    bool held = false;
    for (size_t i = 0; i < s->run->count && s->run->events[i].index < when; i++) {
        const struct trace_event *ev = &s->run->events[i];
        if (ev->tid != tid || !names_same_object(&ev->object, lock))
            continue;
        if (facts_locks_taken(ev))
            held = facts_locks_taken(ev) > 0;
    }
    return held;
}

static bool common_lock(const struct scene *s, const struct trace_event *a,
                        const struct trace_event *b, const struct trace_ref **ret_lock)
{
    for (size_t i = 0; i < s->run->count; i++) {
        const struct trace_event *ev = &s->run->events[i];
        if (!facts_takes_lock(ev) || !holds_lock(s, a->tid, &ev->object, a->index) ||
            !holds_lock(s, b->tid, &ev->object, b->index))
            continue;
        *ret_lock = &ev->object;
        return true;
    }
    return false;
}

static char *no_access_at(const struct scene *s, int line)
{
    if (count_events(s, line, facts_is_access))
        return NULL;
    if (count_events(s, line, is_lock_call))
        return xasprintf("line %d takes or gives back a lock; a lock orders others and is never "
                         "the datum itself",
                         line);
    return xasprintf("line %d uses nothing that another thread uses", line);
}

static bool is_lock_line(const struct scene *s, int line)
{
    return !count_events(s, line, facts_is_access) && count_events(s, line, is_lock_call);
}

static bool names_a_lock(const struct scene *s) { return is_lock_line(s, s->x.a) || is_lock_line(s, s->x.b); }

/* Only one thread comes to these lines: the words for it, else NULL. */
static char *one_thread_alone(const struct scene *s, const char **ret_right_if)
{
    int tid = TRACE_NO_THREAD;
    for (size_t i = 0; i < s->run->count; i++) {
        const struct trace_event *ev = &s->run->events[i];
        if (!facts_is_access(ev) || !(at_line(s, ev, s->x.a) || at_line(s, ev, s->x.b)))
            continue;
        if (tid != TRACE_NO_THREAD && ev->tid != tid)
            return NULL;
        tid = ev->tid;
    }
    *ret_right_if = "one thread could race with itself";
    return xstrdup(s->x.a == s->x.b ? "one thread alone comes there"
                                    : "one thread alone comes to both");
}

static char *why_not(const struct scene *s, const char **ret_right_if)
{
    const struct trace_event *a, *b;
    bool written;
    char *words = no_access_at(s, s->x.a);
    if (!words && s->x.b != s->x.a)
        words = no_access_at(s, s->x.b);
    if (!words)
        words = one_thread_alone(s, ret_right_if);
    if (words)
        return words;
    if (find_meeting(s, &a, &b))
        return why_ordered(s, a, b, ret_right_if);
    if (!same_memory_anywhere(s, &written)) {
        *ret_right_if = "what uses different memory raced";
        return xstrdup("they use different memory");
    }
    *ret_right_if = written ? "all that one line uses were the same variable" : "two that only read raced";
    return xstrdup(written ? "no two threads meet there: each uses memory of its own"
                           : "both only read: nobody writes there");
}

static struct why needless(const struct report_test *t, const char *file, struct pair x)
{
    struct scene s = {&t->run, file, x};
    struct why o = {.belief = "M10", .right_if = "to use something were enough for a race"};
    char *because = why_not(&s, &o.right_if);
    if (names_a_lock(&s)) {
        o.belief = "M13";
        o.right_if = "a lock were data like any other";
    }
    o.text = x.a == x.b ? xasprintf("line %d cannot race with itself: %s", x.a, because)
                        : xasprintf("lines %d-%d cannot race: %s", x.a, x.b, because);
    free(because);
    return o;
}

/* ---- the verdict -------------------------------------------------------- */

static struct why missed(const struct report_test *t, const struct pairs *said, struct pair x)
{
    struct why o = {.text = missing(&t->result, x)};
    why_missed(&o, &t->result, said, x);
    return o;
}

static struct why compare(const struct report_test *t, const struct pairs *said,
                                const struct pairs *truth)
{
    const char *file = t->result.race_count ? file_of(&t->result.races[0]) : "";
    for (size_t i = 0; i < said->count; i++)
        if (!has(truth, said->pair[i]))
            return needless(t, file, said->pair[i]);
    for (size_t i = 0; i < truth->count; i++)
        if (!has(said, truth->pair[i]))
            return missed(t, said, truth->pair[i]);
    return why_nothing;
}

static char *not_understood(const char *answer)
{
    static const char form[] = "write pairs of lines such as \"12-19\", or \"none\"";
    if (strcmp(answer, "?") == 0)
        return xasprintf("no answer yet: %s", form);
    return xasprintf("the answer \"%s\" is not understood: %s", answer, form);
}

static struct why object_to(const struct report_test *t)
{
    struct pairs said = {0}, truth = {0};
    struct why o = {0};
    true_pairs(&t->result, &truth);
    if (!parse_answer(t->result.answer, &said))
        o.text = not_understood(t->result.answer);
    else
        o = compare(t, &said, &truth);
    free(said.pair);
    free(truth.pair);
    return o;
}

char *answers_objection(const struct report_test *t) { return object_to(t).text; }

struct why answers_why(const struct report_test *t)
{
    struct why o = t->result.answer ? object_to(t) : why_nothing;
    free(o.text);
    o.text = NULL;
    return o;
}

/* codec: messages and requests as one JSON object a line.
 *
 * Each struct has one function that walks its fields in both directions: writing, a
 * field goes into the object; reading, it comes out of it. So the two sides cannot
 * disagree. Reading trusts nothing: wrong types count as missing, enum values and sizes
 * are clamped, and the first real defect ends in io->bad.
 */
#include "trace/trace.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct io {
    bool writing;
    const char *bad; /* reading: what is wrong, or NULL */
};

/* ---- leaves: each does nothing when writing a zero, so lines stay short ---- */

static void io_i64(struct io *io, json_t *o, const char *key, int64_t *v)
{
    if (!io->writing)
        *v = json_integer_value(json_object_get(o, key));
    else if (*v)
        json_object_set_new(o, key, json_integer(*v));
}

static void io_u64(struct io *io, json_t *o, const char *key, uint64_t *v)
{
    int64_t x = (int64_t)*v;
    io_i64(io, o, key, &x);
    *v = (uint64_t)x;
}

static void io_int(struct io *io, json_t *o, const char *key, int *v)
{
    int64_t x = *v;
    io_i64(io, o, key, &x);
    *v = (int)x;
}

static void io_u32(struct io *io, json_t *o, const char *key, uint32_t *v)
{
    uint64_t x = *v;
    io_u64(io, o, key, &x);
    *v = (uint32_t)x;
}

/* An enum value below `limit`. */
static int io_enum(struct io *io, json_t *o, const char *key, int v, int limit)
{
    io_int(io, o, key, &v);
    if (v < 0 || v >= limit) {
        io->bad = key;
        v = 0;
    }
    return v;
}
#define IO_ENUM(field, key, limit) ((field) = io_enum(io, o, key, (int)(field), limit))

static void io_bool(struct io *io, json_t *o, const char *key, bool *v)
{
    if (!io->writing)
        *v = json_is_true(json_object_get(o, key));
    else if (*v)
        json_object_set_new(o, key, json_true());
}

static void io_real(struct io *io, json_t *o, const char *key, double *v)
{
    if (!io->writing)
        *v = json_number_value(json_object_get(o, key));
    else if (*v != 0)
        json_object_set_new(o, key, json_real(*v));
}

/* Text of a learner's program may be any bytes: what is not UTF-8 becomes U+FFFD. */
static json_t *clean_string(const char *s)
{
    size_t n = strlen(s);
    if (utf8_valid(s, n))
        return json_string(s);
    struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < n;) {
        size_t len = 1;
        while (len <= 4 && i + len <= n && !utf8_valid(s + i, len))
            len++;
        if (len <= 4 && i + len <= n) {
            strbuf_add(&b, s + i, len);
            i += len;
        } else {
            strbuf_adds(&b, "\xef\xbf\xbd");
            i++;
        }
    }
    json_t *j = json_string(b.s);
    strbuf_fini(&b);
    return j;
}

static void io_str(struct io *io, json_t *o, const char *key, char **s)
{
    if (io->writing) {
        if (*s)
            json_object_set_new(o, key, clean_string(*s));
        return;
    }
    const char *text = json_string_value(json_object_get(o, key));
    *s = text ? xstrdup(text) : NULL;
}

/* ---- arrays ------------------------------------------------------------ */

typedef void io_fn(struct io *, json_t *, void *);

static void write_array(struct io *io, json_t *o, const char *key, char *items, size_t n, size_t size, io_fn *fn)
{
    if (!n)
        return;
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *item = json_object();
        fn(io, item, items + i * size);
        json_array_append_new(list, item);
    }
    json_object_set_new(o, key, list);
}

static void *read_array(struct io *io, json_t *o, const char *key, size_t *n, size_t size, io_fn *fn)
{
    json_t *list = json_object_get(o, key);
    *n = json_array_size(list);
    if (!*n)
        return NULL;
    char *items = xcalloc(*n, size);
    for (size_t i = 0; i < *n; i++)
        fn(io, json_array_get(list, i), items + i * size);
    return items;
}

#define IO_ARRAY(field, count, key, fn)                                                            \
    do {                                                                                           \
        if (io->writing)                                                                           \
            write_array(io, o, key, (char *)(field), (count), sizeof *(field), (fn));              \
        else                                                                                       \
            (field) = read_array(io, o, key, &(count), sizeof *(field), (fn));                     \
    } while (0)

/* A struct as a member object; absent = zero. */
static void io_object(struct io *io, json_t *o, const char *key, void *v, io_fn *fn)
{
    if (io->writing) {
        json_t *item = json_object();
        fn(io, item, v);
        if (json_object_size(item))
            json_object_set_new(o, key, item);
        else
            json_decref(item);
    } else {
        json_t *item = json_object_get(o, key);
        if (json_is_object(item))
            fn(io, item, v);
    }
}

static void io_string_item(struct io *io, json_t *o, void *v) { io_str(io, o, "s", v); }

/* ---- structs ------------------------------------------------------------ */

static void io_ref(struct io *io, json_t *o, void *v)
{
    struct trace_ref *r = v;
    IO_ENUM(r->kind, "k", REF_SHARED + 1);
    io_i64(io, o, "o", &r->offset);
    io_u64(io, o, "z", &r->size);
    io_int(io, o, "t", &r->tid);
    io_int(io, o, "pr", &r->process);
    io_u64(io, o, "b", &r->block);
    io_u64(io, o, "bz", &r->block_size);
    io_u64(io, o, "pc", &r->pc);
    io_str(io, o, "name", &r->name);
    io_str(io, o, "decl", &r->decl);
    io_str(io, o, "file", &r->file);
    io_int(io, o, "line", &r->line);
}

static void io_place(struct io *io, json_t *o, void *v)
{
    struct trace_place *p = v;
    io_u64(io, o, "pc", &p->pc);
    io_str(io, o, "file", &p->file);
    io_str(io, o, "func", &p->func);
    io_int(io, o, "line", &p->line);
}

static void io_event(struct io *io, json_t *o, void *v)
{
    struct trace_event *ev = v;
    io_int(io, o, "i", &ev->index);
    io_int(io, o, "c", &ev->choice);
    io_int(io, o, "t", &ev->tid);
    IO_ENUM(ev->kind, "k", EVENT_COUNT);
    io_bool(io, o, "d", &ev->decision);
    io_bool(io, o, "p", &ev->preemption);
    io_int(io, o, "v", &ev->variant);
    io_object(io, o, "obj", &ev->object, io_ref);
    io_object(io, o, "obj2", &ev->object2, io_ref);
    io_object(io, o, "at", &ev->at, io_place);
    io_u64(io, o, "x", &ev->value);
    io_u64(io, o, "y", &ev->before);
    io_bool(io, o, "has", &ev->has_value);
    io_i64(io, o, "ns", &ev->clock_ns);
    io_str(io, o, "text", &ev->text);
    io_str(io, o, "xt", &ev->value_text);
    io_str(io, o, "yt", &ev->before_text);
}

static void io_thread(struct io *io, json_t *o, void *v)
{
    struct trace_thread *t = v;
    io_int(io, o, "t", &t->tid);
    IO_ENUM(t->status, "s", THREAD_ENDED + 1);
    IO_ENUM(t->next, "k", EVENT_COUNT);
    io_object(io, o, "obj", &t->object, io_ref);
    io_object(io, o, "obj2", &t->object2, io_ref);
    io_object(io, o, "at", &t->at, io_place);
    io_object(io, o, "start", &t->start, io_place);
    IO_ARRAY(t->stack, t->stack_len, "stack", io_place);
    io_u64(io, o, "x", &t->value);
    io_i64(io, o, "wake", &t->wake_ns);
    io_bool(io, o, "cpu", &t->computes);
    io_int(io, o, "holder", &t->holder);
    io_int(io, o, "left", &t->left_by);
    io_object(io, o, "since", &t->since, io_place);
    io_bool(io, o, "joined", &t->joined);
    io_bool(io, o, "detached", &t->detached);
    io_int(io, o, "pr", &t->process);
    io_int(io, o, "by", &t->created_by);
    io_str(io, o, "name", &t->name);
}

static void io_choice(struct io *io, json_t *o, void *v)
{
    struct trace_choice *c = v;
    io_int(io, o, "t", &c->tid);
    io_int(io, o, "v", &c->variant);
    io_bool(io, o, "p", &c->preempts);
}

static void io_bytes(struct io *io, json_t *o, const char *key, unsigned char *bytes, unsigned size)
{
    char hex[2 * 64 + 1];
    if (io->writing) {
        for (unsigned i = 0; i < size; i++) {
            hex[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
            hex[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
        }
        hex[2 * size] = '\0';
        json_object_set_new(o, key, json_string(hex));
        return;
    }
    const char *text = json_string_value(json_object_get(o, key));
    for (unsigned i = 0; text && i < size && text[2 * i] && text[2 * i + 1]; i++) {
        char pair[3] = {text[2 * i], text[2 * i + 1], 0};
        bytes[i] = (unsigned char)strtoul(pair, NULL, 16);
    }
}

static void io_watch(struct io *io, json_t *o, void *v)
{
    struct trace_watch *w = v;
    int size = (int)w->size;
    io_str(io, o, "name", &w->name);
    io_object(io, o, "at", &w->place, io_ref);
    io_int(io, o, "pr", &w->process);
    io_int(io, o, "size", &size);
    w->size = size < 0 || size > 64 ? 0 : (unsigned)size;
    io_bytes(io, o, "bytes", w->bytes, w->size);
    io_str(io, o, "text", &w->text);
}

static void io_range(struct io *io, json_t *o, void *v)
{
    struct trace_range *r = v;
    IO_ENUM(r->kind, "k", REF_SHARED + 1);
    io_int(io, o, "t", &r->tid);
    io_u64(io, o, "b", &r->block);
    io_i64(io, o, "o", &r->offset);
    io_u64(io, o, "z", &r->size);
}

/* A schedule travels as its token. */
static void io_schedule(struct io *io, json_t *o, const char *key, struct trace_schedule *s)
{
    if (io->writing) {
        if (!s->test)
            return;
        char *token = trace_schedule_token(s);
        json_object_set_new(o, key, json_string(token));
        free(token);
        return;
    }
    const char *token = json_string_value(json_object_get(o, key));
    if (token && !trace_schedule_parse(token, s, NULL))
        io->bad = key;
}

static void io_access(struct io *io, json_t *o, void *v)
{
    struct trace_access *a = v;
    io_int(io, o, "t", &a->tid);
    io_bool(io, o, "w", &a->write);
    io_object(io, o, "at", &a->at, io_place);
    IO_ARRAY(a->locks, a->lock_count, "locks", io_ref);
}

static void io_failure(struct io *io, json_t *o, void *v)
{
    struct trace_failure *f = v;
    IO_ENUM(f->reason, "r", REASON_COUNT);
    io_int(io, o, "t", &f->tid);
    io_int(io, o, "u", &f->other);
    io_object(io, o, "obj", &f->object, io_ref);
    io_object(io, o, "at", &f->at, io_place);
    io_object(io, o, "at2", &f->at2, io_place);
    io_u64(io, o, "x", &f->value);
    io_u64(io, o, "y", &f->value2);
    io_str(io, o, "detail", &f->detail);
    io_str(io, o, "rightif", &f->right_if);
    io_bool(io, o, "race", &f->has_race);
    if (f->has_race) {
        io_object(io, o, "a", &f->race[0], io_access);
        io_object(io, o, "b", &f->race[1], io_access);
    }
}

static void io_race(struct io *io, json_t *o, void *v)
{
    struct trace_race *r = v;
    io_object(io, o, "obj", &r->object, io_ref);
    io_object(io, o, "a", &r->a, io_access);
    io_object(io, o, "b", &r->b, io_access);
}

static void io_explained(struct io *io, json_t *o, void *v)
{
    struct trace_explained *x = v;
    io_bool(io, o, "always", &x->always);
    io_int(io, o, "no_return", &x->no_return);
    io_schedule(io, o, "passing", &x->passing);
    io_int(io, o, "differs", &x->differs);
    io_int(io, o, "parts", &x->parts);
    io_object(io, o, "instead", &x->instead, io_event);
}

static void io_result(struct io *io, json_t *o, void *v)
{
    struct trace_result *r = v;
    io_str(io, o, "test", &r->test);
    IO_ENUM(r->verdict, "verdict", VERDICT_COUNT);
    io_object(io, o, "failure", &r->failure, io_failure);
    io_object(io, o, "consequence", &r->consequence, io_failure);
    IO_ENUM(r->caught, "caught", VERDICT_COUNT);
    io_bool(io, o, "complete", &r->complete);
    io_str(io, o, "bound", &r->bound);
    io_u64(io, o, "runs", &r->runs);
    io_u64(io, o, "states", &r->states);
    io_u64(io, o, "blocked", &r->blocked);
    io_int(io, o, "preemptions", &r->preemptions);
    io_int(io, o, "switches", &r->switches);
    io_int(io, o, "workers", &r->workers);
    io_schedule(io, o, "schedule", &r->schedule);
    io_object(io, o, "explained", &r->explained, io_explained);
    io_real(io, o, "seconds", &r->seconds);
    io_i64(io, o, "best", &r->best_ns);
    io_i64(io, o, "worst", &r->worst_ns);
    IO_ARRAY(r->races, r->race_count, "races", io_race);
    io_str(io, o, "answer", &r->answer);
}

static void io_outcome(struct io *io, json_t *o, void *v)
{
    struct trace_outcome *out = v;
    IO_ENUM(out->reason, "r", REASON_COUNT);
    IO_ARRAY(out->watches, out->watch_count, "watch", io_watch);
    io_str(io, o, "output", &out->output);
    io_u64(io, o, "n", &out->schedules);
    io_real(io, o, "p", &out->probability);
    io_schedule(io, o, "witness", &out->witness);
    io_int(io, o, "steps", &out->steps);
    io_int(io, o, "switches", &out->switches);
}

static void io_state(struct io *io, json_t *o, void *v)
{
    struct trace_state *s = v;
    io_int(io, o, "c", &s->choice);
    io_bool(io, o, "ended", &s->ended);
    io_object(io, o, "failure", &s->failure, io_failure);
    IO_ARRAY(s->threads, s->thread_count, "threads", io_thread);
    IO_ARRAY(s->choices, s->choice_count, "choices", io_choice);
    IO_ARRAY(s->watches, s->watch_count, "watch", io_watch);
    io_str(io, o, "output", &s->output);
    io_i64(io, o, "ns", &s->clock_ns);
    io_int(io, o, "preemptions", &s->preemptions);
    io_int(io, o, "switches", &s->switches);
    io_bool(io, o, "diverged", &s->diverged);
    io_str(io, o, "detail", &s->detail);
    io_u32(io, o, "check", &s->check);
}

static void io_test_info(struct io *io, json_t *o, void *v)
{
    struct trace_test_info *t = v;
    io_str(io, o, "name", &t->name);
    io_str(io, o, "title", &t->title);
    io_str(io, o, "misconception", &t->misconception);
    io_str(io, o, "step", &t->step);
}

static void io_progress(struct io *io, json_t *o, struct trace_msg *m)
{
    io_str(io, o, "test", &m->progress.test);
    io_str(io, o, "phase", &m->progress.phase);
    io_u64(io, o, "runs", &m->progress.runs);
    io_real(io, o, "rate", &m->progress.rate);
    io_int(io, o, "finished", &m->progress.finished);
}

static void io_done(struct io *io, json_t *o, struct trace_msg *m)
{
    io_u64(io, o, "total", &m->count.total);
    io_u64(io, o, "states", &m->count.states);
    io_bool(io, o, "complete", &m->count.complete);
}

static void io_msg(struct io *io, json_t *o, struct trace_msg *m)
{
    IO_ENUM(m->kind, "m", MSG_TROUBLE + 1);
    switch (m->kind) {
    case MSG_HELLO: /* the one without a number: a zero is not written */
        if (!io->writing && !json_is_array(json_object_get(o, "tests")))
            io->bad = "m";
        IO_ARRAY(m->tests, m->test_count, "tests", io_test_info);
        io_u64(io, o, "base", &m->base);
        break;
    case MSG_PROGRESS:
        io_progress(io, o, m);
        break;
    case MSG_TEST:
        io_result(io, o, &m->result);
        break;
    case MSG_EVENT:
        io_event(io, o, &m->event);
        break;
    case MSG_STATE:
        io_state(io, o, &m->state);
        break;
    case MSG_OUTCOME:
        io_outcome(io, o, &m->outcome);
        break;
    case MSG_SHARED:
        IO_ARRAY(m->ranges, m->range_count, "ranges", io_range);
        break;
    case MSG_DONE:
        io_done(io, o, m);
        break;
    case MSG_TROUBLE:
        io_str(io, o, "text", &m->text);
        break;
    }
}

static void io_request(struct io *io, json_t *o, struct trace_request *r)
{
    IO_ENUM(r->kind, "q", REQUEST_QUIT + 1);
    IO_ARRAY(r->tests, r->test_count, "tests", io_string_item);
    IO_ENUM(r->races, "races", RACES_IGNORE + 1);
    IO_ENUM(r->strategy, "strategy", STRATEGY_SURW + 1);
    io_int(io, o, "clock", &r->clock);
    io_int(io, o, "spurious", &r->spurious);
    io_int(io, o, "preemptions", &r->preemptions);
    io_u64(io, o, "runs", &r->runs);
    io_u64(io, o, "seed", &r->seed);
    io_int(io, o, "workers", &r->workers);
    io_real(io, o, "seconds", &r->seconds);
    io_bool(io, o, "count", &r->count);
    io_bool(io, o, "all_visible", &r->all_visible);
    io_schedule(io, o, "schedule", &r->schedule);
    io_i64(io, o, "stop", &r->stop);
    io_bool(io, o, "accesses", &r->accesses);
    IO_ARRAY(r->watches, r->watch_count, "watch", io_watch);
    io_int(io, o, "cores", &r->cores);
    IO_ARRAY(r->args, r->arg_count, "args", io_string_item);
}

/* ---- lines -------------------------------------------------------------- */

static char *to_line(json_t *o)
{
    char *text = json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(12));
    json_decref(o);
    char *line = xasprintf("%s\n", text ? text : "{}");
    free(text);
    return line;
}

static json_t *from_line(const char *line, struct err *e)
{
    json_error_t why;
    json_t *o = json_loads(line, 0, &why);
    if (json_is_object(o))
        return o;
    err_set(e, EPROTO, "not a message: %s", o ? "no object" : why.text);
    json_decref(o);
    return NULL;
}

char *trace_msg_encode(const struct trace_msg *m)
{
    struct io io = {.writing = true};
    json_t *o = json_object();
    io_msg(&io, o, (struct trace_msg *)m);
    return to_line(o);
}

bool trace_msg_decode(const char *line, struct trace_msg *out, struct err *e)
{
    struct io io = {.writing = false};
    json_t *o = from_line(line, e);
    *out = (struct trace_msg){0};
    if (!o)
        return false;
    io_msg(&io, o, out);
    json_decref(o);
    if (!io.bad)
        return true;
    trace_msg_fini(out);
    return err_set(e, EPROTO, "not a message: field '%s' is wrong", io.bad);
}

char *trace_request_encode(const struct trace_request *r)
{
    struct io io = {.writing = true};
    json_t *o = json_object();
    io_request(&io, o, (struct trace_request *)r);
    return to_line(o);
}

bool trace_request_decode(const char *line, struct trace_request *out, struct err *e)
{
    struct io io = {.writing = false};
    json_t *o = from_line(line, e);
    *out = (struct trace_request){0};
    if (!o)
        return false;
    io_request(&io, o, out);
    json_decref(o);
    if (!io.bad)
        return true;
    trace_request_fini(out);
    return err_set(e, EPROTO, "not a request: field '%s' is wrong", io.bad);
}

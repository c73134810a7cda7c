/* json: schema threadmill/verdict/1. Fields are only ever added. */
#include "report/json_facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A learner's program may have printed or named anything: what is not UTF-8 is replaced. */
json_t *json_text(const char *s)
{
    if (!s)
        return json_null();
    size_t n = strlen(s);
    if (utf8_valid(s, n))
        return json_stringn(s, n);
    struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < n;) {
        uint32_t ch;
        size_t used = utf8_decode(s + i, n - i, &ch);
        if (ch == UTF8_BAD)
            strbuf_addc(&b, '?');
        else
            strbuf_add(&b, s + i, used);
        i += used ? used : 1;
    }
    json_t *v = json_stringn(b.s, b.len);
    strbuf_fini(&b);
    return v;
}

static void put(json_t *o, const char *key, json_t *v) { json_object_set_new(o, key, v); }

json_t *json_line(int line) { return line > 0 ? json_integer(line) : json_null(); }

static const struct trace_place *place_of(const struct trace_failure *f)
{
    return f->at.line || !f->has_race ? &f->at : &f->race[1].at;
}

static json_t *consequence(const struct report_test *t)
{
    if (t->result.consequence.reason == REASON_NONE)
        return json_null();
    char *s = report_sentence(&t->result.consequence, &t->run.state);
    json_t *v = json_text(s);
    free(s);
    return v;
}

/* The path the learner gave, where the compiler's is only the last part of it. */
const char *json_file(const struct report *r, const struct trace_place *at)
{
    bool own = at->file && r->file && strcmp(path_basename(at->file), path_basename(r->file)) == 0;
    return own ? r->file : at->file;
}

static const char *bound_of(const struct trace_result *r)
{
    bool failed = r->verdict != VERDICT_PASS && r->verdict != VERDICT_UNJUDGED;
    if (r->complete)
        return NULL;
    return r->bound ? r->bound : failed ? "stopped at the first failure" : "not every interleaving";
}

static json_t *test_object(const struct report *report, const struct report_test *t)
{
    const struct trace_result *r = &t->result;
    const struct trace_place *at = place_of(&r->failure);
    json_t *o = json_object();
    put(o, "name", json_text(t->info.name));
    put(o, "verdict", json_text(verdict_id(r->verdict)));
    put(o, "reason",
        r->failure.reason == REASON_NONE ? json_null() : json_text(reason_id(r->failure.reason)));
    put(o, "message", json_text(t->message));
    put(o, "consequence", consequence(t));
    put(o, "caught", json_text(r->caught != VERDICT_PASS ? verdict_id(r->caught) : NULL));
    put(o, "complete", json_boolean(r->complete));
    put(o, "bound", json_text(bound_of(r)));
    put(o, "runs", json_integer((json_int_t)r->runs));
    put(o, "states", json_integer((json_int_t)r->states));
    put(o, "blocked", json_integer((json_int_t)r->blocked));
    put(o, "preemptions",
        t->token && r->preemptions >= 0 ? json_integer(r->preemptions) : json_null());
    put(o, "switches", t->token ? json_integer(r->switches) : json_null());
    put(o, "schedule", json_text(t->token));
    put(o, "file", json_text(json_file(report, at)));
    put(o, "line", json_line(at->line));
    put(o, "seconds", json_real(r->seconds));
    put(o, "workers", json_integer(r->workers > 0 ? r->workers : 1));
    json_put_facts(o, report, t);
    return o;
}

static json_t *outcome_object(const struct report *r, const struct trace_outcome *out)
{
    json_t *o = json_object();
    char *token = report_token(r, &out->witness);
    put(o, "verdict", json_text(verdict_id(reason_verdict(out->reason))));
    put(o, "reason", out->reason == REASON_NONE ? json_null() : json_text(reason_id(out->reason)));
    put(o, "output", json_text(out->output ? out->output : ""));
    put(o, "interleavings", json_integer((json_int_t)out->schedules));
    put(o, "schedule", json_text(token));
    free(token);
    return o;
}

static const char *message_of(const struct report *r)
{
    for (size_t i = 0; i < r->test_count && !r->message; i++)
        if (r->tests[i].result.verdict == r->verdict)
            return r->tests[i].message;
    return r->message;
}

static void put_outcomes(json_t *o, const struct report *r)
{
    json_t *all = json_array();
    for (size_t i = 0; i < r->outcome_count; i++)
        json_array_append_new(all, outcome_object(r, &r->outcomes[i]));
    put(o, "outcomes", all);
    put(o, "interleavings", json_integer((json_int_t)r->counted));
}

char *report_json(const struct report *r)
{
    json_t *o = json_object(), *tests = json_array();
    for (size_t i = 0; i < r->test_count; i++)
        json_array_append_new(tests, test_object(r, &r->tests[i]));
    put(o, "schema", json_text("threadmill/verdict/1"));
    put(o, "subject", json_text(r->subject ? r->subject : ""));
    put(o, "verdict", json_text(verdict_id(r->verdict)));
    put(o, "message", json_text(message_of(r)));
    put(o, "file", json_text(r->file));
    put(o, "line", json_line(r->line));
    put(o, "next", json_text(r->verdict == VERDICT_UNJUDGED ? report_next_for_unjudged(r) : NULL));
    put(o, "compiler", json_text(r->build_output && *r->build_output ? r->build_output : NULL));
    put(o, "tests", tests);
    if (r->outcome_count)
        put_outcomes(o, r);
    put(o, "runs", json_integer((json_int_t)r->runs));
    put(o, "complete", json_boolean(r->complete));
    put(o, "seconds", json_real(r->seconds));
    char *dump = json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(6));
    char *line = xasprintf("%s\n", dump ? dump : "{}");
    free(dump);
    json_decref(o);
    return line;
}

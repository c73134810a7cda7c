/* vocab: the tables of trace.h, from their .def files, and the lookups over them. */
#include "trace/trace.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *id, *text;
} verdicts[] = {
#define V(name, id, text) [VERDICT_##name] = {id, text},
#include "trace/verdict.def"
#undef V
};

static const struct {
    const char *id;
    enum verdict verdict;
    const char *sentence;
} reasons[] = {
#define R(name, id, verdict, sentence) [REASON_##name] = {id, VERDICT_##verdict, sentence},
#include "trace/reason.def"
#undef R
};

static const struct {
    const char *id, *verb;
    bool visible;
} events[] = {
#define E(name, id, verb, visible) [EVENT_##name] = {id, verb, visible},
#include "trace/event.def"
#undef E
};

const char *verdict_id(enum verdict v) { return v < VERDICT_COUNT ? verdicts[v].id : "trouble"; }
const char *verdict_meaning(enum verdict v) { return v < VERDICT_COUNT ? verdicts[v].text : ""; }

enum verdict verdict_parse(const char *id)
{
    int v = 0;
    while (v < VERDICT_COUNT && strcmp(verdicts[v].id, id) != 0)
        v++;
    return (enum verdict)v;
}

int verdict_exit_status(enum verdict v)
{
    switch (v) {
    case VERDICT_PASS:
        return 0;
    case VERDICT_UNJUDGED:
    case VERDICT_TROUBLE:
    case VERDICT_COUNT:
        return 2;
    default:
        return 1;
    }
}

const char *reason_id(enum reason r) { return r < REASON_COUNT ? reasons[r].id : "none"; }
enum verdict reason_verdict(enum reason r) { return r < REASON_COUNT ? reasons[r].verdict : VERDICT_TROUBLE; }
const char *reason_sentence(enum reason r) { return r < REASON_COUNT ? reasons[r].sentence : ""; }

const char *file_noun(uint64_t noun)
{
    static const char *const nouns[] = {
#define F(name, noun) noun,
#include "trace/file.def"
#undef F
    };
    return noun < FILE_COUNT ? nouns[noun] : nouns[FILE_CLOSED];
}

const char *event_id(enum event_kind k) { return k < EVENT_COUNT ? events[k].id : "none"; }
const char *event_verb(enum event_kind k) { return k < EVENT_COUNT ? events[k].verb : ""; }
bool event_visible(enum event_kind k) { return k < EVENT_COUNT && events[k].visible; }

const char *thread_status_id(enum thread_status s)
{
    static const char *const ids[] = {
        [THREAD_NONE] = "none",       [THREAD_READY] = "ready",       [THREAD_BLOCKED] = "blocked",
        [THREAD_WAITING] = "waiting", [THREAD_ASLEEP] = "asleep",     [THREAD_SPINNING] = "spinning",
        [THREAD_ENDED] = "ended",
    };
    return s <= THREAD_ENDED ? ids[s] : "none";
}

/* ---- calls ------------------------------------------------------------ */

struct call {
    const char *name;
    enum call_class class;
    const char *why;
};

static const struct call calls[] = {
#define W(name) {#name, CALL_WRAPPED, NULL},
#define H(name) {#name, CALL_HARMLESS, NULL},
#define X(name, why) {#name, CALL_REFUSED, why},
#include "trace/calls.def"
#undef W
#undef H
#undef X
};

enum call_class trace_call_class(const char *name, const char **ret_why)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (strcmp(calls[i].name, name) == 0) {
            if (ret_why)
                *ret_why = calls[i].why;
            return calls[i].class;
        }
    if (ret_why)
        *ret_why = NULL;
    return CALL_UNKNOWN;
}

const char *const *trace_wrapped_calls(void)
{
    static const char *const names[] = {
#define W(name) #name,
#define H(name)
#define X(name, why)
#include "trace/calls.def"
#undef W
#undef H
#undef X
        NULL,
    };
    return names;
}

/* memory: freeing what the structs of trace.h own. */
#include "trace/trace.h"

#include <stdlib.h>

void trace_ref_fini(struct trace_ref *r)
{
    free(r->name);
    free(r->decl);
    free(r->file);
    r->name = r->decl = r->file = NULL;
}

static void place_fini(struct trace_place *p)
{
    free(p->file);
    free(p->func);
    p->file = p->func = NULL;
}

static void access_fini(struct trace_access *a)
{
    place_fini(&a->at);
    for (size_t i = 0; i < a->lock_count; i++)
        trace_ref_fini(&a->locks[i]);
    free(a->locks);
    a->locks = NULL;
    a->lock_count = 0;
}

void trace_failure_fini(struct trace_failure *f)
{
    trace_ref_fini(&f->object);
    place_fini(&f->at);
    place_fini(&f->at2);
    free(f->detail);
    free(f->right_if);
    access_fini(&f->race[0]);
    access_fini(&f->race[1]);
    *f = (struct trace_failure){0};
}

void trace_event_fini(struct trace_event *ev)
{
    trace_ref_fini(&ev->object);
    trace_ref_fini(&ev->object2);
    place_fini(&ev->at);
    free(ev->text);
    free(ev->value_text);
    free(ev->before_text);
    *ev = (struct trace_event){0};
}

void trace_event_move(struct trace_event *to, struct trace_event *from)
{
    *to = *from;
    *from = (struct trace_event){0};
}

static void thread_fini(struct trace_thread *t)
{
    trace_ref_fini(&t->object);
    trace_ref_fini(&t->object2);
    place_fini(&t->at);
    place_fini(&t->start);
    place_fini(&t->since);
    for (size_t i = 0; i < t->stack_len; i++)
        place_fini(&t->stack[i]);
    free(t->stack);
    free(t->name);
    free(t->short_name);
}

static void watches_fini(struct trace_watch *w, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(w[i].name);
        free(w[i].text);
        trace_ref_fini(&w[i].place);
    }
    free(w);
}

void trace_state_fini(struct trace_state *s)
{
    trace_failure_fini(&s->failure);
    for (size_t i = 0; i < s->thread_count; i++)
        thread_fini(&s->threads[i]);
    free(s->threads);
    free(s->choices);
    watches_fini(s->watches, s->watch_count);
    free(s->output);
    free(s->detail);
    *s = (struct trace_state){0};
}

void trace_result_fini(struct trace_result *r)
{
    free(r->test);
    trace_failure_fini(&r->failure);
    trace_failure_fini(&r->consequence);
    free(r->bound);
    trace_schedule_fini(&r->schedule);
    trace_schedule_fini(&r->explained.passing);
    trace_event_fini(&r->explained.instead);
    for (size_t i = 0; i < r->race_count; i++) {
        trace_ref_fini(&r->races[i].object);
        access_fini(&r->races[i].a);
        access_fini(&r->races[i].b);
    }
    free(r->races);
    free(r->answer);
    *r = (struct trace_result){0};
}

void trace_outcome_fini(struct trace_outcome *o)
{
    watches_fini(o->watches, o->watch_count);
    free(o->output);
    trace_schedule_fini(&o->witness);
    *o = (struct trace_outcome){0};
}

void trace_request_fini(struct trace_request *r)
{
    for (size_t i = 0; i < r->test_count; i++)
        free(r->tests[i]);
    free(r->tests);
    for (size_t i = 0; i < r->arg_count; i++)
        free(r->args[i]);
    free(r->args);
    trace_schedule_fini(&r->schedule);
    watches_fini(r->watches, r->watch_count);
    *r = (struct trace_request){0};
}

void trace_msg_fini(struct trace_msg *m)
{
    for (size_t i = 0; i < m->test_count; i++) {
        free(m->tests[i].name);
        free(m->tests[i].title);
        free(m->tests[i].misconception);
        free(m->tests[i].step);
    }
    free(m->tests);
    free(m->progress.test);
    free(m->progress.phase);
    trace_result_fini(&m->result);
    trace_event_fini(&m->event);
    trace_state_fini(&m->state);
    trace_outcome_fini(&m->outcome);
    free(m->ranges);
    free(m->text);
    *m = (struct trace_msg){0};
}

void trace_run_fini(struct trace_run *r)
{
    for (size_t i = 0; i < r->count; i++)
        trace_event_fini(&r->events[i]);
    free(r->events);
    trace_state_fini(&r->state);
    *r = (struct trace_run){0};
}

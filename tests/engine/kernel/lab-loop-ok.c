// expect: pass; complete
/* lab/loop.h itself: turns, waking, cancelling, the end of a task, stopping, hooks. */
#include <lab/check.h>
#include <lab/loop.h>
#include <string.h>
#include <sys/eventfd.h>

struct co {
    int at, ms, fd, cleaned;
    task_t *other;
};
static char story[64];
static void tell(const char *what) { strcat(story, what); }
static void is(const char *expected) { lab_check(strcmp(story, expected) == 0, "the story is %s", story); }

static int sleeper(loop_t *l, void *co)
{
    struct co *c = co;
    return c->at++ == 0 ? co_sleep(l, c->ms) : co_return(l, c);
}

static int reader(loop_t *l, void *co)
{
    struct co *c = co;
    if (c->at++ == 0)
        return co_wait_fd(l, c->fd, POLLIN);
    tell(co_events(l) & POLLIN ? "in " : "woken ");
    return co_fail(l, 7);
}

static int yields(loop_t *l, void *co)
{
    struct co *c = co;
    tell(c->at ? "b" : "a");
    return c->at++ == 0 ? co_sleep(l, 0) : CO_DONE;
}

static int asks_twice(loop_t *l, void *co)
{
    struct co *c = co;
    if (c->at++)
        return CO_DONE;
    co_sleep(l, 5000);
    co_sleep(l, 0);
    return co_sleep(l, 1000);
}

static int wakes(loop_t *l, void *co)
{
    loop_wake(l, ((struct co *)co)->other);
    return CO_DONE;
}

static int wakes_itself(loop_t *l, void *co)
{
    struct co *c = co;
    loop_wake(l, c->other);
    return c->at++ == 0 ? CO_WAIT : CO_DONE;
}

static void cleans(void *co) { ((struct co *)co)->cleaned++; }
static void closes(void *co)
{
    struct co *c = co;
    close(c->fd);
    c->fd = -1;
    c->cleaned++;
}
static void ended(loop_t *l, task_t *t, void *ctx) { tell(ctx); }
static void stops(loop_t *l, task_t *t, void *ctx) { loop_stop(l); }
static void begins(loop_t *l, task_t *t, void *ctx) { tell(t->name); }

static void the_end(loop_t *l)
{
    loop_free(l);
    lab_no_descriptors_left();
    lab_check(lab_heap_live() == 0, "%zu bytes are left", lab_heap_live());
}

SCENARIO(ends, "an end: result, finally, and those who asked, in order", "M41", "14.4")
{
    loop_t *l = loop_new();
    struct co c = {.ms = 10}, d = {.fd = eventfd(1, 0)};
    task_t *t = loop_spawn(l, sleeper, &c), *u = loop_spawn(l, reader, &d);
    t->finally = u->finally = cleans;
    task_when_done(t, ended, "1");
    task_when_done(t, ended, "2");
    loop_run(l);
    is("in 12");
    lab_check(t->result == &c && t->error == 0 && u->error == 7 && c.cleaned == 1 && d.cleaned == 1, "not as it should be");
    close(d.fd);
    the_end(l);
}

SCENARIO(turns, "who is ready meanwhile waits for the next turn", "M41", "14.4")
{
    loop_t *l = loop_new();
    struct co c = {0}, d = {0};
    loop_spawn(l, yields, &c);
    loop_spawn(l, yields, &d);
    loop_run(l);
    is("aabb");
    the_end(l);
}

SCENARIO(cancelled, "before it began, while it waits, after its end", "M25", "14.4")
{
    loop_t *l = loop_new();
    struct co c = {.ms = 10}, d = {.ms = 3000}, e = {0};
    task_t *t = loop_spawn(l, sleeper, &c), *u = loop_spawn(l, sleeper, &d), *v = loop_spawn(l, yields, &e);
    t->finally = u->finally = cleans;
    task_when_done(u, ended, "!");
    loop_cancel(l, v);
    loop_run_ready(l);
    loop_cancel(l, u);
    loop_run(l);
    loop_cancel(l, t);
    is("!");
    lab_check(t->error == 0 && u->error == ECANCELED && v->error == ECANCELED && c.cleaned + d.cleaned == 2, "not as it should be");
    lab_check(!lab_ideal_clock() || lab_now_ms() == 10, "at %ld ms", lab_now_ms());
    the_end(l);
}

SCENARIO(woken, "by another task, and by itself", "M41", "14.4")
{
    loop_t *l = loop_new();
    struct co c = {.fd = eventfd(0, 0)}, d = {.other = loop_spawn(l, reader, &c)}, e = {0};
    loop_spawn(l, wakes, &d);
    e.other = loop_spawn(l, wakes_itself, &e);
    loop_run(l);
    is("woken ");
    close(c.fd);
    the_end(l);
}

SCENARIO(twice, "the last wish counts", "M41", "14.4")
{
    loop_t *l = loop_new();
    struct co c = {0};
    loop_spawn(l, asks_twice, &c);
    loop_run(l);
    lab_check(!lab_ideal_clock() || lab_now_ms() == 1000, "at %ld ms", lab_now_ms());
    the_end(l);
}

SCENARIO(stopped, "a task that would wait for ever", "M41", "14.4")
{
    loop_t *l = loop_new();
    struct co c = {.fd = eventfd(0, 0)}, d = {.ms = 10};
    task_t *t = loop_spawn(l, reader, &c);
    task_when_done(loop_spawn(l, sleeper, &d), stops, NULL);
    t->finally = closes;
    loop_hooks(l, begins, NULL, NULL);
    loop_run(l);
    is("readersleepersleeper");
    lab_check(t->state == TASK_WAITING, "it did not wait");
    the_end(l);
    lab_check(c.cleaned == 1 && c.fd < 0, "cleaned %d times", c.cleaned);
}

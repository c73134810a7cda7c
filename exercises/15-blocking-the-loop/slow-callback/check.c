/* check.c - is each slow step reported, and nobody else? Times are looked at where the clock is ideal only. */
#include <stdio.h>
#include <string.h>

#include <lab/check.h>

#include "slow-callback.h"

enum { MOST = 4 };

static loop_t *loop;
static char reports[200]; /* "check_stock 3000 ms, " */

static void report(const char *name, int ms)
{
    size_t len = strlen(reports);
    snprintf(reports + len, sizeof reports - len, "%s %d ms, ", name, ms);
}

/* How many letters of it to show: without the comma at its end. */
static int shown(const char *list)
{
    return *list ? (int)strlen(list) - 2 : 9;
}

static void begin(int limit_ms)
{
    loop = loop_new();
    loop_watch(loop, limit_ms, report);
}

/* Under which model would these reports be right? */
static const char *model(void)
{
    if (strstr(reports, "grind 3251 ms") && !strstr(reports, "count_cups"))
        return "M41 if tasks that are ready ran at the same time, so that a turn were one step: ";
    if (strstr(reports, "count_cups 251 ms"))
        return "M41 if each task began when the loop begins: ";
    if (strstr(reports, "grind 700 ms") == reports && !strstr(reports, "600"))
        return "M36 if who was told of a slow task once knew enough: ";
    return "";
}

/* Runs the loop; then exactly these reports must have come. */
static void run(const char *expected, const char *what)
{
    loop_run(loop);
    lab_check(!lab_ideal_clock() || strcmp(reports, expected) == 0, "%s%s: expected %.*s, but got %.*s",
              model(), what, shown(expected),
              *expected ? expected : "no report", shown(reports), *reports ? reports : "no report");
    free(loop->user);
    loop_free(loop);
}

/* A task computes in each of its steps, and sleeps in between. */
struct plan {
    int work[3]; /* ms; 0: it has no such step */
    int sleep;
    int jump; /* the wall clock is set in the middle of the first step */
    int at;
};

static int go_on(loop_t *l, struct plan *p)
{
    int n = p->at++;
    lab_work(p->work[n] / 2);
    if (n == 0 && p->jump)
        lab_jump_wall_clock(p->jump);
    lab_work(p->work[n] - p->work[n] / 2);
    return n < 2 && p->work[n + 1] ? co_sleep(l, p->sleep) : CO_DONE;
}

static int greet(loop_t *l, void *co) { return go_on(l, co); }
static int pour(loop_t *l, void *co) { return go_on(l, co); }
static int count_cups(loop_t *l, void *co) { return go_on(l, co); }
static int grind(loop_t *l, void *co) { return go_on(l, co); }

static int check_stock(loop_t *l, void *co)
{
    (void)l, (void)co;
    lab_brew(3000); /* waits for the cellar, and the loop with it */
    return CO_DONE;
}

static int idle(loop_t *l, void *co)
{
    int *at = co;
    return (*at)++ == 0 ? co_sleep(l, 10000) : CO_DONE;
}

SCENARIO(one_after_the_other, "steps of 50, 100, 101 and 3000 ms, limit 100", "", "15.1")
{
    struct plan a = {.work = {50}}, b = {.work = {100}}, c = {.work = {101}}, d = {.work = {3000}};
    begin(100);
    loop_spawn(loop, greet, &a);
    loop_spawn(loop, pour, &b);
    loop_spawn(loop, count_cups, &c);
    loop_spawn(loop, grind, &d);
    run("count_cups 101 ms, grind 3000 ms, ", "steps of 50, 100, 101 and 3000 ms, limit 100 ms");
}

SCENARIO(waits_in_a_step, "a step that does not compute, but blocks",
         "M44 if who does not compute kept nobody waiting", "15.1")
{
    begin(100);
    loop_spawn(loop, check_stock, NULL);
    run("check_stock 3000 ms, ", "a step waited for 3000 ms in a blocking call, limit 100 ms");
}

SCENARIO(many_small_steps, "three steps of 60 ms in a row, of one task",
         "M44 if the others waited for the sum of all steps of a task", "15.1")
{
    struct plan a = {.work = {60, 60, 60}, .sleep = 0};
    begin(100);
    loop_spawn(loop, grind, &a);
    run("", "three steps of 60 ms each, limit 100 ms");
}

SCENARIO(many_small_tasks, "three tasks that are ready at once, 60 ms each", "", "15.1")
{
    struct plan a = {.work = {60}}, b = a, c = a;
    begin(100);
    loop_spawn(loop, greet, &a);
    loop_spawn(loop, pour, &b);
    loop_spawn(loop, grind, &c);
    run("", "three tasks of 60 ms each, limit 100 ms");
}

SCENARIO(nothing_to_do, "ten seconds of waiting for events", "M41 if the loop did something all the time", "15.1")
{
    int at = 0;
    begin(100);
    loop_spawn(loop, idle, &at);
    run("", "the loop waited 10 s for an event, and no step took any time");
}

SCENARIO(twice, "one task is slow twice, and has a quick step", "", "15.1")
{
    struct plan a = {.work = {700, 400, 600}, .sleep = 1000};
    begin(500);
    loop_spawn(loop, grind, &a);
    run("grind 700 ms, grind 600 ms, ", "steps of 700, 400 and 600 ms, limit 500 ms");
}

SCENARIO(set_forward, "somebody sets the wall clock forward by an hour",
         "M08 if a clock only went forward, second by second", "15.1")
{
    struct plan a = {.work = {50}, .jump = 3600000};
    begin(100);
    loop_spawn(loop, pour, &a);
    run("", "during a step of 50 ms the wall clock was set forward by an hour");
}

SCENARIO(set_back, "somebody sets the wall clock back by an hour",
         "M08 if a clock only went forward, second by second", "15.1")
{
    struct plan a = {.work = {200}, .jump = -3600000};
    begin(100);
    loop_spawn(loop, pour, &a);
    run("pour 200 ms, ", "during a step of 200 ms the wall clock was set back by an hour");
}

SCENARIO(limit_0, "steps of 0 and 1 ms, limit 0", "M08 if 0 meant that nothing was said", "15.1")
{
    struct plan a = {.work = {0}}, b = {.work = {1}};
    begin(0);
    loop_spawn(loop, greet, &a);
    loop_spawn(loop, pour, &b);
    run("pour 1 ms, ", "steps of 0 and 1 ms, limit 0 ms");
}

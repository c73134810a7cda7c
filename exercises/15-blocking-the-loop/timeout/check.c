/* check.c - does it end once, in time, and for the right reason, in all orders of task and timer? */
#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>

#include <lab/check.h>

#include "timeout.h"

static loop_t *loop;

/* Brews in a pot of its own: a descriptor, which it gives back at its end. */
static struct brew {
    long ms;
    int error;     /* with which it fails; 0: it does not */
    int more;      /* so often it goes on for another `ms` */
    int pot, at, put_back;
    task_t *task;
} brew[2];

/* What a limit told us. */
static struct told {
    int times, err;
    long at;
} told[2];

static int brew_step(loop_t *l, void *co)
{
    struct brew *b = co;
    if (b->at++ <= b->more)
        return co_sleep(l, (int)b->ms);
    return b->error ? co_fail(l, b->error) : CO_DONE;
}

static void put_back(void *co)
{
    struct brew *b = co;
    b->put_back++;
    close(b->pot);
}

static void spawn(int i, long ms)
{
    brew[i].ms = ms;
    brew[i].pot = eventfd(0, 0);
    brew[i].task = loop_spawn(loop, brew_step, &brew[i]);
    brew[i].task->finally = put_back;
}

static const char *name(int err)
{
    return err == 0           ? "0"
         : err == EIO       ? "EIO"
         : err == ETIMEDOUT ? "ETIMEDOUT"
         : err == ECANCELED ? "ECANCELED"
                            : strerror(err);
}

static bool several; /* tasks, with a limit each */

static void tell(void *ctx, int err)
{
    struct told *t = ctx;
    const struct brew *b = &brew[several ? t - told : 0];
    lab_check(err != ETIMEDOUT || (b->task->state == TASK_ENDED && b->put_back == 1),
              "M25 if who is told to stop had stopped: "
              "done was called with ETIMEDOUT, and the task has not yet ended and put its pot back");
    t->times++;
    t->err = err;
    t->at = lab_ideal_clock() ? lab_now_ms() : 0;
    lab_check(t->times == 1, "%sdone was called a second time, with %s",
              several ? "M15 if there were one limit at a time: " : "M46 if only one of the two came by: ", name(err));
}

static int looks, late_looks; /* steps of whoever is not a task of ours; and after the end of all */
static long over_at = -1;     /* when all tasks had ended */

static bool all_over(void)
{
    for (int i = 0; i < 2; i++)
        if (brew[i].task && brew[i].task->state != TASK_ENDED)
            return false;
    return lab_ideal_clock();
}

/* Before each step: who wants to know of an end is told of it, and after the end of all nobody has much to do. */
static void watch(loop_t *l, task_t *t, void *ctx)
{
    looks += t->step != brew_step;
    lab_require("limit", looks <= 50,
                "M07 if looking often were as good as being told: "
                "a step of %s is called again and again to see whether it is time: task_when_done tells of an end at once",
                t->name);
    if (!all_over())
        return;
    over_at = over_at < 0 ? lab_now_ms() : over_at;
    lab_require("late", late_looks++ < 5,
                "M08 if the loop saw that nobody needs the timer any more: "
                "the task had ended at t = %ld ms, and at t = %ld ms a step of %s is still called: it waits again and again",
                over_at, lab_now_ms(), t->name);
}

static void open_loop(void)
{
    loop = loop_new();
    loop_hooks(loop, watch, NULL, NULL);
}

static void run(void)
{
    lab_loop(1, 500);
    loop_run(loop);
    lab_loop(-1, 0);
}

/* Whatever the clock does, done says what happened to the task. */
static void check_agrees(int i, const struct brew *b)
{
    bool cancelled = told[i].err == ETIMEDOUT || told[i].err == ECANCELED;
    lab_check(told[i].times == 1, "the task ended with %s, loop_run has returned, and done was not called",
              name(b->task->error));
    lab_check(b->task->state == TASK_ENDED, "done was called with %s, and the task has not ended", name(told[i].err));
    lab_check(cancelled == (b->task->error == ECANCELED), "%sthe task ended with %s, and done was called with %s",
              cancelled ? "M25 if whom nobody waits for any more had stopped: "
                        : "M36 if a task that ends had done its work: ",
              name(b->task->error), name(told[i].err));
    lab_require("leak", b->put_back == 1, "%sthe task has ended, and its pot was put back %d times",
                b->task->error == ECANCELED ? "M25 if who is stopped needed no time to clean up: "
                                            : "M08 if a field that can be set were there for me: ", b->put_back);
}

static void check_told(int i, const struct brew *b, int err, long at)
{
    check_agrees(i, b);
    if (!lab_ideal_clock())
        return; /* there a short brew may be later than a long limit */
    lab_require("late", told[i].at <= at, "done is due at t = %ld ms, and was called at t = %ld ms, with %s", at, told[i].at,
                name(told[i].err));
    lab_check(told[i].err == err && told[i].at == at,
              "%sdone is due at t = %ld ms with %s, and was called at t = %ld ms with %s",
              b->task->error == EIO && told[i].err == 0 ? "M36 if a task that ends had done its work: " : "", at,
              name(err), told[i].at, name(told[i].err));
}

/* All was over at `due`. */
static void end(long due)
{
    lab_require("late", !lab_ideal_clock() || lab_now_ms() <= due,
                "M41 if a timer that nobody needs did no harm: "
                "at t = %ld ms all was over, and something kept loop_run going until t = %ld ms", due, lab_now_ms());
    loop_free(loop);
    lab_no_descriptors_left();
}

/* One brew, one limit. */
static void one(long brew_ms, int error, int limit_ms, int err, long at)
{
    open_loop();
    spawn(0, brew_ms);
    brew[0].error = error;
    with_timeout(loop, brew[0].task, limit_ms, tell, &told[0]);
    run();
    check_told(0, &brew[0], err, at);
    end(at);
}

SCENARIO(in_time, "a task of 2 s, a limit of 3 s", "", "15.4")
{
    one(2000, 0, 3000, 0, 2000);
}

SCENARIO(too_late, "a task of 3 s, a limit of 2 s", "", "15.4")
{
    one(3000, 0, 2000, ETIMEDOUT, 2000);
}

SCENARIO(fails, "a task that fails after 1 s, a limit of 2 s", "M36", "15.4")
{
    one(1000, EIO, 2000, EIO, 1000);
}

SCENARIO(same_moment, "a task of 2 s, a limit of 2 s", "M46 if the other one came by, too", "15.4")
{
    open_loop();
    spawn(0, 2000);
    with_timeout(loop, brew[0].task, 2000, tell, &told[0]);
    run();
    check_agrees(0, &brew[0]);
    end(2000);
}

SCENARIO(over_already, "a task that has ended before", "M42 if a task only ended after one has asked", "15.4")
{
    open_loop();
    spawn(0, 1000);
    brew[0].error = EIO;
    run();
    with_timeout(loop, brew[0].task, 2000, tell, &told[0]);
    run();
    check_told(0, &brew[0], EIO, 1000);
    end(1000);
}

SCENARIO(step_by_step, "a task of four steps of a second, a limit of 2.5 s",
         "M41 if who makes a step were not late", "15.4")
{
    open_loop();
    spawn(0, 1000);
    brew[0].more = 3;
    with_timeout(loop, brew[0].task, 2500, tell, &told[0]);
    run();
    check_told(0, &brew[0], ETIMEDOUT, 2500);
    end(2500);
}

SCENARIO(two_tasks, "two tasks, a limit each", "", "15.4")
{
    several = true;
    open_loop();
    spawn(0, 1000);
    spawn(1, 3000);
    with_timeout(loop, brew[0].task, 3000, tell, &told[0]);
    with_timeout(loop, brew[1].task, 2000, tell, &told[1]);
    run();
    check_told(0, &brew[0], 0, 1000);
    check_told(1, &brew[1], ETIMEDOUT, 2000);
    end(2000);
}

SCENARIO(two_limits, "one task of 5 s, a limit of 3 s and one of 2 s", "M08 if nobody else cancelled tasks", "15.4")
{
    open_loop();
    spawn(0, 5000);
    with_timeout(loop, brew[0].task, 3000, tell, &told[0]);
    with_timeout(loop, brew[0].task, 2000, tell, &told[1]);
    run();
    check_told(0, &brew[0], ECANCELED, 2000);
    check_told(1, &brew[0], ETIMEDOUT, 2000);
    end(2000);
}

SCENARIO(all_at_once, "one task of 2 s, two limits of 2 s", "", "15.4")
{
    open_loop();
    spawn(0, 2000);
    with_timeout(loop, brew[0].task, 2000, tell, &told[0]);
    with_timeout(loop, brew[0].task, 2000, tell, &told[1]);
    run();
    check_agrees(0, &brew[0]);
    check_agrees(1, &brew[0]);
    lab_check(brew[0].task->error == 0 || (told[0].err == ETIMEDOUT) != (told[1].err == ETIMEDOUT),
              "the task was cancelled once, and its two limits say %s and %s", name(told[0].err), name(told[1].err));
    end(2000);
}

static int gives_up(loop_t *l, void *co)
{
    int *at = co;
    if ((*at)++ == 0)
        return co_sleep(l, 1000);
    loop_cancel(l, brew[0].task);
    return CO_DONE;
}

SCENARIO(cancelled, "somebody else cancels the task after 1 s", "M36", "15.4")
{
    int at = 0;
    open_loop();
    spawn(0, 3000);
    with_timeout(loop, brew[0].task, 2000, tell, &told[0]);
    loop_spawn(loop, gives_up, &at);
    run();
    check_told(0, &brew[0], ECANCELED, 1000);
    end(1000);
}

SCENARIO(over_and_no_time, "a task that has ended before, a limit of 0", "M36", "15.4")
{
    open_loop();
    spawn(0, 1000);
    run();
    with_timeout(loop, brew[0].task, 0, tell, &told[0]);
    run();
    lab_check(told[0].err == 0, "M36 if who gets no time had needed some: "
              "the task had ended before, in time, and done was called with %s", name(told[0].err));
    check_told(0, &brew[0], 0, 1000);
    end(1000);
}

/* check.c - is every result in its place, in time, and does it end, whoever dies and however small a pipe is? */
#include <stdlib.h>

#include <lab/check.h>

#include "process-pool-map.h"

enum { SOME = 12, MANY = 24 };

static uint64_t in[MANY], out[MANY];

static uint64_t compute(uint64_t units)
{
    lab_work((long)units * 1000);
    return units * units;
}

static uint64_t next(uint64_t x) { return x + 1; }

static uint64_t choke(uint64_t x)
{
    if (x == 7)
        abort();
    return x + 1;
}

static void begin(size_t n)
{
    for (size_t i = 0; i < n; i++) {
        in[i] = i + 1;
        out[i] = 0;
    }
}

static void finish(void)
{
    lab_no_children_left();
    lab_no_descriptors_left();
    lab_no_mappings_left();
}

static void check_result(size_t i, uint64_t right)
{
    lab_check(out[i] == right, "out[%zu] should be %d, it is %d", i, (int)right, (int)out[i]);
}

SCENARIO(in_order, "the second input is ready before the first", "M35", "13.8")
{
    lab_preemptions(1);
    in[0] = 2, in[1] = 1;
    out[0] = out[1] = 0;
    lab_check(ppool_map(2, compute, in, out, 2) == 0, "nothing was wrong, and ppool_map returned -1");
    lab_check(out[0] || out[1], "M38: "
              "nobody has written a result in this process: what a child writes goes into its own copy");
    lab_check(out[0] != 1 || out[1] != 4, "M35: "
              "out[0] should be 4, it is 1: the result of the other input, which was ready first");
    check_result(0, 4);
    check_result(1, 1);
    finish();
}

static void timed(int workers, size_t n, long due)
{
    lab_preemptions(1);
    lab_check(ppool_map(workers, compute, in, out, n) == 0, "nothing was wrong, and ppool_map returned -1");
    lab_always_within(due, "%zu inputs, %d workers: ready at t = %ld ms, and %ld ms are enough", n, workers, lab_now_ms(), due);
    for (size_t i = 0; i < n; i++)
        check_result(i, in[i] * in[i]);
    finish();
}

SCENARIO(one_worker, "2 and 1 seconds of work, and only one to do it", "M37", "13.8")
{
    lab_preemptions(1);
    in[0] = 2, in[1] = 1;
    lab_check(ppool_map(1, compute, in, out, 2) == 0, "nothing was wrong, and ppool_map returned -1");
    lab_check(!lab_ideal_clock() || lab_now_ms() >= 3000, "one worker was allowed, and 3 s of work were done at t = %ld ms",
              lab_now_ms());
    finish();
}

SCENARIO(three_at_once, "5, 10 and 20 seconds of work, three workers",
         "M35 if a job that is handed out ran, wherever one waits for it", "13.6")
{
    in[0] = 5, in[1] = 10, in[2] = 20;
    timed(3, 3, 20000);
}

SCENARIO(whoever_is_free, "20, 5, 5 and 5 seconds of work, two workers",
         "M37 if it did not matter who gets which job", "13.8")
{
    in[0] = 20, in[1] = in[2] = in[3] = 5;
    timed(2, 4, 20000);
}

/* Through pipes that hold eight notes or so. */
static void through_small_pipes(size_t n)
{
    lab_preemptions(1);
    lab_pipe_room(128);
    begin(n);
    lab_check(ppool_map(1, next, in, out, n) == 0, "nothing was wrong, and ppool_map returned -1");
    for (size_t i = 0; i < n; i++)
        check_result(i, i + 2);
    finish();
}

SCENARIO(some, "more results than a pipe holds", "M40", "13.4")
{
    through_small_pipes(SOME);
}

SCENARIO(many, "more inputs and results than both pipes hold", "M40", "13.4")
{
    through_small_pipes(MANY);
}

SCENARIO(one_dies, "the only worker dies at its first input", "M36", "13.8")
{
    begin(2);
    in[0] = 7;
    lab_check(ppool_map(1, choke, in, out, 2) == -1, "M36: a result is missing, and ppool_map returned 0");
    finish();
}

SCENARIO(one_of_two_dies, "one of two workers dies", "M36", "13.8")
{
    begin(2);
    in[0] = 7;
    lab_check(ppool_map(2, choke, in, out, 2) == -1, "M36: a result is missing, and ppool_map returned 0");
    finish();
}

SCENARIO(all_die, "both workers die, and there are inputs left", "M36", "13.8")
{
    begin(3);
    in[0] = in[1] = in[2] = 7;
    lab_check(ppool_map(2, choke, in, out, 3) == -1, "M36: results are missing, and ppool_map returned 0");
    finish();
}

SCENARIO(second_fork_fails, "the second worker cannot be started", "M36", "13.8")
{
    begin(2);
    lab_fail_fork(1);
    if (ppool_map(2, next, in, out, 2) == 0) {
        check_result(0, 2);
        check_result(1, 3);
    }
    finish();
}

SCENARIO(nothing, "no input at all", "M40", "13.8")
{
    lab_check(ppool_map(2, next, in, out, 0) == 0, "there was nothing to do, and ppool_map returned -1");
    finish();
}

/* check.c - results in order, the right error, at the same time, and nothing left behind? */
#include <errno.h>

#include <lab/check.h>

#include "pool-map.h"

enum { MOST = 4, UNTOUCHED = -1 };

static pool_t *pool;
static long out[MOST];

static void begin(int workers)
{
    lab_no_polling();
    for (int i = 0; i < MOST; i++)
        out[i] = UNTOUCHED;
    pool = pool_new(workers);
}

static void end(void)
{
    pool_shutdown(pool, true);
    pool_free(pool);
}

static int square(long n, long *result)
{
    *result = n * n;
    return 0;
}

/* Only the ideal clock makes promises; under the hostile one sleeping would be one more thing that can end at any moment. */
static void pass(long ms)
{
    if (lab_ideal_clock())
        lab_brew(ms);
}

/* Takes as many seconds as its input says; 3 fails with EIO, 1 with ENOENT. */
static int burn(long n, long *result)
{
    pass(1000 * n);
    *result = n * n;
    return n == 3 ? EIO : n == 1 ? ENOENT : 0;
}

static int brew(long n, long *result)
{
    pass(1000 * n);
    return square(n, result);
}

static bool is_of_another(long got, const long *in, int n)
{
    for (int i = 0; i < n; i++)
        if (got == in[i] * in[i])
            return true;
    return false;
}

#define BELIEF(got, in, n) (is_of_another(got, in, n) ? "M35: " : "M00: ")

static void map(int (*fn)(long, long *), const long *in, int n, int expected)
{
    int err = pool_map(pool, fn, in, out, (size_t)n);
    lab_check(err == expected, "%spool_map should return %d, it returned %d",
              !expected ? "M00: " : !err ? "M36: " : "M36 if one error were as good as another: ", expected, err);
    for (int i = 0; i < n; i++)
        lab_check(out[i] == in[i] * in[i], "%sresult %d should be %ld, it is %ld", BELIEF(out[i], in, n), i + 1, in[i] * in[i], out[i]);
}

SCENARIO(slow_first, "two workers, and the first input takes longest", "M35", "10.4")
{
    static const long in[] = {2, 1};
    begin(2);
    map(brew, in, 2, 0);
    lab_always_within(2000, "M35 if work overlapped wherever one waits for its result: "
                      "inputs of 2000 and 1000 ms, two workers: done at t = %ld ms, not at 2000 ms", lab_now_ms());
    end();
}

SCENARIO(three_inputs, "one worker, three inputs", "M26", "10.4")
{
    static const long in[] = {4, 2, 3};
    begin(1);
    map(square, in, 3, 0);
    end();
}

SCENARIO(two_failures, "the first one fails late, the second one early", "M36", "10.4")
{
    static const long in[] = {3, 1};
    begin(2);
    map(burn, in, 2, EIO);
    end();
}

SCENARIO(one_failure, "the second one fails", "M36", "10.4")
{
    static const long in[] = {2, 1};
    begin(1);
    map(burn, in, 2, ENOENT);
    end();
}

/* The larger number is not the first failure, nor is the smaller one. */
SCENARIO(both_fail, "one worker, and both inputs fail", "M36", "10.4")
{
    static const long in[] = {1, 3};
    begin(1);
    map(burn, in, 2, ENOENT);
    end();
}

SCENARIO(nothing, "no input", "M36", "10.4")
{
    begin(1);
    int err = pool_map(pool, square, NULL, out, 0);
    lab_check(err == 0, "there was no input, and pool_map returned %d", err);
    end();
}

static void *close_it(void *arg)
{
    pool_shutdown(pool, true);
    return arg;
}

static int spill(long n, long *result)
{
    *result = n * n;
    return EIO;
}

SCENARIO(closing, "the pool is closed meanwhile", "M36 if submitting never failed", "10.6")
{
    static const long in[] = {2, 3};
    begin(1);
    lab_go(close_it, NULL);
    int err = pool_map(pool, spill, in, out, 2);
    int expected = out[0] == UNTOUCHED ? ECANCELED : EIO;
    lab_check(err == expected, "M36 if one error were as good as another: "
              "the first input was %s, pool_map should return %d, it returned %d",
              expected == EIO ? "accepted, and failed" : "not accepted", expected, err);
    lab_check(out[1] == UNTOUCHED || out[1] == 9, "result 2 should be 9, or what it was if the input was not accepted; it is %ld", out[1]);
    lab_join_all();
    pool_free(pool);
}

SCENARIO(closed, "the pool is closed", "M36", "10.6")
{
    static const long in[] = {2, 3};
    begin(1);
    pool_shutdown(pool, true);
    int err = pool_map(pool, square, in, out, 2);
    lab_check(err == ECANCELED, "the pool is closed, pool_map should return %d, it returned %d", ECANCELED, err);
    lab_check(out[0] == UNTOUCHED && out[1] == UNTOUCHED, "the pool is closed, and yet there is a result");
    pool_free(pool);
}

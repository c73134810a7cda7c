/* check.c - is the sum right for any number of orders and threads, and do the threads compute side by side? */
#include <lab/check.h>

#include "shard.h"

static uint64_t expected(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++)
        sum += 10 + i * i;
    return sum;
}

/* The wrong model under which the sum would be right. */
static const char *belief_of(uint64_t n, int threads, uint64_t sum, uint64_t right)
{
    if (n > 2000)
        return (uint32_t)sum == (uint32_t)right ? "M36 if a number that does not fit made itself known: " : "M00: ";
    return threads > 1 && n % (unsigned)threads && sum < right ? "M02 if work always divided evenly: " : "M00: ";
}

/* Adds up and compares; no more than `longest` ms. */
static void add(uint64_t n, int threads, long longest)
{
    long began = lab_ideal_clock() ? lab_now_ms() : 0;
    unsigned long long sum = sum_range(n, threads), right = expected(n);
    const char *orders = n == 1 ? "" : "s", *more = threads == 1 ? "" : "s";
    lab_check(sum == right, "%s%d order%s, %d thread%s: the sum is %llu, not %llu",
              belief_of(n, threads, sum, right), (int)n, orders, threads, more, sum, right);
    lab_require("limit", lab_threads_at_once() <= threads, "M37 if more threads were always faster: "
                "asked for: %d thread%s; there at once: %d", threads, more,
                lab_threads_at_once());
    lab_require("limit", lab_threads_started() <= threads, "asked for: %d thread%s; started: %d", threads, more,
                lab_threads_started());
    lab_require("serial", !lab_ideal_clock() || lab_now_ms() - began <= longest,
                "%s%d order%s of a second, %d thread%s and four cores: it took %ld ms, and %ld are enough",
                lab_threads_at_once() > 1 ? "M37 if more threads were faster by being there: "
                                          : "M02 if what threads do overlapped by itself: ", (int)n, orders,
                threads, more, lab_now_ms() - began, longest);
}

SCENARIO(alone, "two orders, one thread", "M08", "11.7")
{
    add(2, 1, 2000);
}

SCENARIO(two, "two orders, two threads", "M37", "11.7")
{
    add(2, 2, 1000);
}

SCENARIO(remainder, "five orders, two threads", "M08", "11.7")
{
    add(5, 2, 3000);
}

SCENARIO(few, "one order, three threads", "M08", "11.7")
{
    add(1, 3, 1000);
}

SCENARIO(none, "no orders at all", "M08", "11.7")
{
    add(0, 2, 0);
}

SCENARIO(four_cores, "four orders, four threads, four cores", "M37", "11.7")
{
    if (!lab_ideal_clock()) /* two and two are enough for the clock that promises nothing */
        return;
    add(4, 4, 1000);
    lab_check(lab_now_ms() == 1000, "M00: four prices of a second each, on four cores, took %ld ms: they were not computed by price()",
              lab_now_ms());
}

static void *another(void *arg)
{
    uint64_t *sum = arg;
    *sum = sum_range(1, 1);
    return NULL;
}

SCENARIO(twice, "two sums at the same time", "M15", "11.7")
{
    static uint64_t sum[2];
    lab_go(another, &sum[0]);
    lab_go(another, &sum[1]);
    lab_join_all();
    for (int i = 0; i < 2; i++)
        lab_check(sum[i] == 10, "M15 if one place were enough for all calls: "
                  "one order: the sum is %llu, not 10", (unsigned long long)sum[i]);
}

SCENARIO(many, "2500 orders, one thread: the sum is more than 32 bits can hold", "M36", "11.7")
{
    if (lab_ideal_clock())
        add(2500, 1, 2500000);
}

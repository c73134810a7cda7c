/* check.c - is the sum right for every way to divide, and did several threads really work on it? */
#include <stdlib.h>

#include <lab/check.h>

#include "collect.h"

enum { MOST = 16 };

static const int numbers[MOST] = {3, -1, 4, 1, -5, 9, 2, -6, 5, 3, 5, -8, 9, 7, 9, 3};

static long right(const int *a, size_t n)
{
    long sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i];
    return sum;
}

/* The numbers lie in a block of just their size, so that a look beyond its end is seen. */
static long before; /* the sum of the calls before */

static const char *belief(long got, long expected, size_t n, int nthreads)
{
    if (before && got == expected + before)
        return "M08 if a static variable began anew in each call: ";
    return nthreads > 1 && n % (size_t)nthreads && got < expected ? "M02 if work always divided evenly: " : "M00: ";
}

static void add(size_t n, int nthreads)
{
    int *a = malloc(n ? n * sizeof *a : 1);
    for (size_t i = 0; i < n; i++)
        a[i] = numbers[i];
    lab_no_polling();
    long got = sum_parallel(a, n, nthreads), expected = right(numbers, n);
    lab_check(got == expected, "%sthe sum of %zu numbers with %d threads is %ld, not %ld", belief(got, expected, n, nthreads),
              n, nthreads, expected, got);
    before += expected;
    lab_require("leak", lab_threads_running() == 0, "sum_parallel has returned, but a thread is still adding");
    free(a);
}

SCENARIO(even, "six numbers, two threads", "M04, M09", "02.4")
{
    add(6, 2);
}

SCENARIO(remainder, "seven numbers, two threads", "M02", "02.4")
{
    add(7, 2);
}

SCENARIO(three_threads, "three threads, and they overlap", "M02", "02.4")
{
    add(7, 3);
    lab_require("serial", lab_threads_at_once() >= 2,
                "%ssum_parallel(.., 3) never had more than %d thread%s in progress",
                lab_threads_at_once() ? "M02 if what threads do overlapped by itself: " : "M00: ", lab_threads_at_once(),
                lab_threads_at_once() == 1 ? "" : "s");
}

SCENARIO(more_threads_than_numbers, "two numbers, three threads", "M37", "02.4")
{
    add(2, 3);
}

SCENARIO(nearly_as_many, "five numbers, four threads", "M02", "02.4")
{
    add(5, 4);
}

SCENARIO(one_thread, "one thread", "M37", "02.4")
{
    add(5, 1);
}

SCENARIO(no_numbers, "nothing to add", "M06", "02.4")
{
    add(0, 2);
}

SCENARIO(no_threads, "no thread asked for", "M06", "02.4")
{
    add(3, 0);
    add(3, -2);
}

SCENARIO(large, "a sum that an int cannot hold", "M06", "02.4")
{
    static const int a[] = {2000000000, 2000000000, 1, 1};
    long got = sum_parallel(a, 4, 2);
    lab_check(got == 4000000002, "2000000000 + 2000000000 + 1 + 1 is 4000000002, and sum_parallel says %ld", got);
}

SCENARIO(twice, "two sums, one after the other", "M09", "02.4")
{
    add(4, 2);
    add(3, 2);
}

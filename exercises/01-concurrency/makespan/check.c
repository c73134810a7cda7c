/* check.c - single values first, for their clear messages; then every small list of jobs, compared with
 * a clock that ticks. */
#include <stdio.h>

#include <lab/check.h>

#include "makespan.h"

enum { MOST_JOBS = 6, LONGEST = 3 };

/* The durations as people write them: "3, 1, 1". */
static const char *shown(const int *d, int n)
{
    static char text[64];
    int at = 0;
    for (int i = 0; i < n; i++)
        at += snprintf(text + at, sizeof text - (size_t)at, i ? ", %d" : "%d", d[i]);
    return n ? text : "no jobs at all";
}

static int sum_of(const int *d, int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += d[i];
    return sum;
}

static int longest_of(const int *d, int n)
{
    int longest = 0;
    for (int i = 0; i < n; i++)
        longest = d[i] > longest ? d[i] : longest;
    return longest;
}

/* What core_time should say, found by letting a clock tick: at each tick free cores take jobs, and
 * busy ones get one unit done. */
static int ticks(const int *d, int n, int cores)
{
    int left[MOST_JOBS] = {0};
    int now = 0, next = 0, busy = 0;
    cores = cores < MOST_JOBS ? cores : MOST_JOBS; /* more than jobs makes no difference */
    do {
        busy = 0;
        for (int k = 0; k < cores; k++) {
            while (left[k] == 0 && next < n)
                left[k] = d[next++];
            busy += left[k] > 0;
        }
        for (int k = 0; k < cores; k++)
            left[k] -= left[k] > 0;
        now += busy > 0;
    } while (busy > 0);
    return now;
}

/* The longest job first: what the best order would often give. */
static int best_ticks(const int *d, int n, int cores)
{
    int sorted[MOST_JOBS] = {0};
    for (int i = 0; i < n; i++) {
        int k = i;
        for (; k > 0 && sorted[k - 1] < d[i]; k--)
            sorted[k] = sorted[k - 1];
        sorted[k] = d[i];
    }
    return ticks(sorted, n, cores);
}

static int in_turn(const int *d, int n, int cores)
{
    int most = 0;
    for (int k = 0; k < cores && k < n; k++) {
        int sum = 0;
        for (int i = k; i < n; i += cores)
            sum += d[i];
        most = sum > most ? sum : most;
    }
    return most;
}

/* Under which model of the cores would this answer be right? */
static const char *model(int got, const int *d, int n, int cores)
{
    int rounds = (n + cores - 1) / cores;
    if (got == best_ticks(d, n, cores))
        return "M08 if somebody saw to it that the longest job goes first: ";
    if (got == longest_of(d, n))
        return "M37 if what runs at once took as long as the longest, whatever it does: ";
    if (got == sum_of(d, n) / cores || got == (sum_of(d, n) + cores - 1) / cores)
        return "M37 if c cores made everything c times as fast: ";
    if (got == rounds * longest_of(d, n))
        return "M02 if all cores began their next jobs together: ";
    if (got == in_turn(d, n, cores))
        return "M01 if cores took jobs in turn, whether they are free or not: ";
    return "M00: ";
}

static void look_at_cores(const int *d, int n, int cores)
{
    int got = core_time(d, n, cores), expected = ticks(d, n, cores);
    lab_check(got == expected, "%score_time says %d for %s on %d core%s; it takes %d", model(got, d, n, cores), got,
              shown(d, n), cores,
              cores == 1 ? "" : "s", expected);
}

static void look(const int *d, int n)
{
    lab_check(seq_time(d, n) == sum_of(d, n), "seq_time says %d for %s; one after the other they take %d",
              seq_time(d, n), shown(d, n), sum_of(d, n));
    lab_check(wait_time(d, n) == longest_of(d, n), "%swait_time says %d for %s; begun at once they take %d",
              !n ? "M00: " : wait_time(d, n) == d[n - 1] ? "M01 if what begins last ended last: " : "M02: ", wait_time(d, n), shown(d, n), longest_of(d, n));
}

#define WAITS(...) look((const int[]){__VA_ARGS__}, sizeof((int[]){__VA_ARGS__}) / sizeof(int))
#define ON_CORES(cores, ...)                                                                       \
    look_at_cores((const int[]){__VA_ARGS__}, sizeof((int[]){__VA_ARGS__}) / sizeof(int), cores)

SCENARIO(waits, "jobs that only wait", "M02", "01.4")
{
    WAITS(2, 2, 2);
    WAITS(1, 2, 3);
    WAITS(3, 1);
    WAITS(5);
}

SCENARIO(cores, "jobs that compute", "M02, M37", "01.4")
{
    ON_CORES(2, 2, 2);
    ON_CORES(2, 2, 2, 2, 2, 2);
    ON_CORES(2, 3, 1, 1, 1);
    ON_CORES(2, 1, 1, 3);
    ON_CORES(1, 1, 2, 3);
}

SCENARIO(nothing_to_do, "no jobs", "M06", "01.4")
{
    static const int none[1] = {7};
    look(none, 0);
    look_at_cores(none, 0, 3);
}

SCENARIO(more_cores_than_jobs, "cores that stay idle", "M37", "01.4")
{
    ON_CORES(1000, 2, 3);
    ON_CORES(8, 3, 3, 3);
}

SCENARIO(many, "a hundred jobs for a hundred cores", "M37", "01.4")
{
    int d[100];
    for (int i = 0; i < 100; i++)
        d[i] = 5;
    int got = core_time(d, 100, 100);
    lab_check(got == 5, "a hundred jobs of 5 on a hundred cores take 5, and core_time says %d", got);
}

/* d counts through all lists of n durations from 0 to LONGEST; false after the last one. */
static bool next_list(int *d, int n)
{
    for (int i = 0; i < n; i++) {
        if (d[i]++ < LONGEST)
            return true;
        d[i] = 0;
    }
    return false;
}

SCENARIO(every_small_list, "every list of up to four jobs, on one to three cores", "M02, M37", "01.4")
{
    for (int n = 1; n <= 4; n++) {
        int d[MOST_JOBS] = {0};
        do {
            look(d, n);
            for (int cores = 1; cores <= 3; cores++)
                look_at_cores(d, n, cores);
        } while (next_list(d, n));
    }
}

SCENARIO(six_jobs, "longer lists", "M02", "01.4")
{
    ON_CORES(2, 1, 3, 2, 1, 3, 2);
    ON_CORES(3, 2, 1, 1, 3, 1, 1);
    ON_CORES(4, 3, 1, 2, 2, 3, 1);
}

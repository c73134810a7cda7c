/* table.h - a tutorial's table of execution times: its tasks, what it says, and what each way to do them takes on
 * paper: in virtual time, on as many cores as there are jobs. A second of the table is `second_ms` on a real clock. */
#ifndef TABLE_H
#define TABLE_H

enum { MOST_JOBS = 4, ONE_AFTER_THE_OTHER = 0, EVENT_LOOP, THREADS, ONE_LOCK, PROCESSES, WAYS };

struct job {
    int wait, work; /* seconds of the table: first it waits, then it computes */
};

struct row {
    const char *name;
    int n;
    struct job job[MOST_JOBS];
    int told[WAYS];  /* what the tutorial says, in seconds; 0: nothing */
    int price;       /* what its threads must have cost, or its numbers could not be */
};

static const char *const way_name[WAYS] = {"one after the other", "event loop", "threads, in C", "threads, one lock",
                                           "processes"};

static const struct row table[] = {
    {"3 requests of 2 s", 3, {{2, 0}, {2, 0}, {2, 0}}, {6, 2, 0, 2, 2}, 0},
    {"files", 4, {{3, 0}, {2, 0}, {3, 0}, {2, 0}}, {10, 3, 0, 4, 3}, 1},
    {"computing", 4, {{0, 2}, {0, 2}, {0, 2}, {0, 2}}, {8, 8, 0, 8, 2}, 0},
    {"waiting and computing", 3, {{2, 2}, {3, 2}, {2, 4}}, {15, 10, 0, 12, 6}, 2},
    {"three sums, 1 : 2 : 4", 3, {{0, 1}, {0, 2}, {0, 4}}, {0}, 0},
};

static inline int all_in_a_row(const struct row *t)
{
    int sum = 0;
    for (int i = 0; i < t->n; i++)
        sum += t->job[i].wait + t->job[i].work;
    return sum;
}

/* All wait at the same time. Computing is for one at a time: the loop, or whoever has the lock. */
static inline int one_computes(const struct row *t)
{
    int now = 0;
    for (int wait = 0; wait <= 10; wait++) /* those who waited less come first */
        for (int i = 0; i < t->n; i++)
            if (t->job[i].wait == wait)
                now = (now > wait ? now : wait) + t->job[i].work;
    return now;
}

static inline int all_at_once(const struct row *t)
{
    int longest = 0;
    for (int i = 0; i < t->n; i++)
        if (t->job[i].wait + t->job[i].work > longest)
            longest = t->job[i].wait + t->job[i].work;
    return longest;
}

static inline int on_paper(const struct row *t, int way)
{
    switch (way) {
    case ONE_AFTER_THE_OTHER: return all_in_a_row(t);
    case EVENT_LOOP: return one_computes(t);
    case ONE_LOCK: return t->price + one_computes(t);
    default: return all_at_once(t);
    }
}

#endif

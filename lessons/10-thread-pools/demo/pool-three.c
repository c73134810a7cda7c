/* pool-three: a pool of workers and a number of tasks that wait. Or, with -c: what does it cost to hand a task
 * over to a pool, and what does it cost to create a thread for it?
 *
 *   -w N   workers (3)
 *   -n N   tasks (3)
 *   -t MS  how long a task waits (2000)
 *   -c N   measure the cost with N empty tasks instead
 */
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

#include "pool.h"

enum { MOST_TASKS = 100000 };

static long wait_ms = 2000;
static future_t *slip[MOST_TASKS];

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int brew(void *arg, void **val)
{
    (void)arg, (void)val;
    lab_brew(wait_ms);
    return 0;
}

static int nothing(void *arg, void **val)
{
    (void)arg, (void)val;
    return 0;
}

static void *nothing_in_a_thread(void *arg) { return arg; }

static void serve(int workers, long tasks)
{
    pool_t *pool = pool_new(workers);
    double began = seconds();
    for (long i = 0; i < tasks; i++)
        slip[i] = pool_submit(pool, brew, NULL);
    lab_report("submitting all of them", (seconds() - began) * 1e6, "us");
    for (long i = 0; i < tasks; i++)
        future_get(slip[i], NULL);
    lab_report("until the last one was ready", seconds() - began, "s");
    pool_close(pool);
    for (long i = 0; i < tasks; i++)
        future_free(slip[i]);
}

static void measure_pool(long tasks)
{
    pool_t *pool = pool_new(1);
    double began = seconds();
    for (long i = 0; i < tasks; i++)
        slip[i] = pool_submit(pool, nothing, NULL);
    for (long i = 0; i < tasks; i++)
        future_get(slip[i], NULL);
    lab_report("a task through a pool", (seconds() - began) / (double)tasks * 1e6, "us");
    pool_close(pool);
    for (long i = 0; i < tasks; i++)
        future_free(slip[i]);
}

static void measure_threads(long tasks)
{
    double began = seconds();
    for (long i = 0; i < tasks; i++) {
        pthread_t t;
        if (pthread_create(&t, NULL, nothing_in_a_thread, NULL) != 0)
            exit(2);
        pthread_join(t, NULL);
    }
    lab_report("a thread for each task", (seconds() - began) / (double)tasks * 1e6, "us");
}

/* A number from 1 to `most`, or the end of the program. */
static long number(const char *text, long most)
{
    long n = strtol(text, NULL, 10);
    if (n < 1 || n > most) {
        fprintf(stderr, "pool-three: a number from 1 to %ld, please\n", most);
        exit(2);
    }
    return n;
}

int main(int argc, char **argv)
{
    long workers = 3, tasks = 3, cost = 0;
    for (int o; (o = getopt(argc, argv, "w:n:t:c:")) != -1;)
        switch (o) {
        case 'w': workers = number(optarg, POOL_MOST); break;
        case 'n': tasks = number(optarg, MOST_TASKS); break;
        case 't': wait_ms = number(optarg, 60000); break;
        case 'c': cost = number(optarg, MOST_TASKS); break;
        default: return 2;
        }
    if (cost == 0) {
        serve((int)workers, tasks);
        return 0;
    }
    lab_unseen();
    measure_pool(cost);
    measure_threads(cost);
    return 0;
}

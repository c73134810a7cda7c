/* five-thousand: many waits of a second at the same time: as timers of one event loop, and as threads that sleep.
 *
 *   -n N   how many (5000)
 *   -t MS  how long each waits (1000)
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <lab/lab.h>
#include <lab/loop.h>

enum { MOST = 20000 };

static long wanted = 5000, wait_ms = 1000;

/* ---- what the process has ------------------------------------------------------------------- */

struct use {
    long ms, rss_kib, size_kib, threads;
};

/* A number of /proc/self/status; 0 if the system does not tell. */
static long status(const char *key)
{
    char line[128];
    long n = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, key, strlen(key)) == 0)
            n = strtol(line + strlen(key), NULL, 10);
    if (f)
        fclose(f);
    return n;
}

static struct use use_now(void)
{
    return (struct use){loop_clock(), status("VmRSS:"), status("VmSize:"), status("Threads:")};
}

static struct use before, most;

static void look(void) { most = use_now(); }

/* One line: what it cost, beyond what the process had before. */
static void tell(const char *how, long n)
{
    lab_say("%ld %s, %ld thread%s: %.2f s, %.1f MB more, %.0f MB of addresses", n, how, most.threads,
            most.threads == 1 ? "" : "s", (double)(loop_clock() - before.ms) / 1e3,
            (double)(most.rss_kib - before.rss_kib) / 1024, (double)(most.size_kib - before.size_kib) / 1024);
}

/* ---- timers ----------------------------------------------------------------------------------- */

/* Descriptors are limited; a program may raise its own limit up to a second, higher one. */
static long descriptors(long n)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return n;
    rlim_t need = (rlim_t)n + 50;
    if (limit.rlim_cur < need) {
        limit.rlim_cur = limit.rlim_max < need ? limit.rlim_max : need;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    return limit.rlim_cur < need ? (long)limit.rlim_cur - 50 : n;
}

/* region: task */
static int at[MOST]; // the bookmarks

static int wait_step(loop_t *l, void *co)
{
    int *my_at = co;
    return (*my_at)++ == 0 ? co_sleep(l, (int)wait_ms) : CO_DONE;
}
/* endregion */

static int look_step(loop_t *l, void *co)
{
    int *my_at = co;
    if ((*my_at)++ == 0)
        return co_sleep(l, (int)wait_ms / 2);
    look();
    return CO_DONE;
}

static void timers(void)
{
    long n = descriptors(wanted);
    int look_at = 0;
    lab_section("timers");
    before = use_now();
    loop_t *l = loop_new();
    for (long i = 0; i < n; i++)
        loop_spawn(l, wait_step, &at[i]);
    loop_spawn(l, look_step, &look_at);
    loop_run(l);
    tell("timers in a loop", n);
    loop_free(l);
}

/* ---- threads ------------------------------------------------------------------------------------ */

static pthread_t thread[MOST];

static void *sleeper(void *arg)
{
    lab_brew(wait_ms);
    return arg;
}

static void threads(void)
{
    long n = 0;
    lab_section("threads");
    before = use_now();
    while (n < wanted && pthread_create(&thread[n], NULL, sleeper, NULL) == 0)
        n++;
    if (n < wanted)
        lab_say("This system gives no further thread after %ld.", n);
    look();
    for (long i = 0; i < n; i++)
        pthread_join(thread[i], NULL);
    tell("that sleep", n);
}

static long number(const char *text, long limit)
{
    long n = strtol(text, NULL, 10);
    if (n < 1 || n > limit) {
        fprintf(stderr, "five-thousand: a number from 1 to %ld, please\n", limit);
        exit(2);
    }
    return n;
}

int main(int argc, char **argv)
{
    for (int o; (o = getopt(argc, argv, "n:t:")) != -1;)
        switch (o) {
        case 'n': wanted = number(optarg, MOST); break;
        case 't': wait_ms = number(optarg, 60000); break;
        default: return 2;
        }
    timers();
    threads();
    return 0;
}

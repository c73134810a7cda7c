/* kitchen: three dishes that only have to simmer. First one after the other, then all at once.
 *
 *   -d N   dishes (3)
 *   -t MS  how long a dish simmers, in milliseconds (2000)
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

enum { MOST_DISHES = 9 };

static const char *const menu[MOST_DISHES] = {"rice", "dal",   "chai",  "aloo", "roti",
                                              "kheer", "raita", "sabzi", "papad"};
static long dishes = 3;
static long simmer_ms = 2000;

/* region: simmer */
static void simmer(void)
{
    lab_brew(simmer_ms); /* the pot is busy, the cook is not */
}
/* endregion */

static void *cook(void *arg)
{
    const char *const *dish = arg;
    lab_name(*dish);
    simmer();
    return NULL;
}

/* ---- two ways --------------------------------------------------------------- */

static void *cook_alone(void *arg)
{
    (void)arg;
    lab_name("one cook");
    for (long i = 0; i < dishes; i++)
        simmer();
    return NULL;
}

static pthread_t start(void *(*run)(void *), const void *arg)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, run, (void *)arg) != 0) {
        fprintf(stderr, "kitchen: this machine gives us no further thread\n");
        exit(2);
    }
    return thread;
}

static void one_after_the_other(void)
{
    pthread_join(start(cook_alone, NULL), NULL);
}

static void all_at_once(void)
{
    pthread_t threads[MOST_DISHES];
    for (long i = 0; i < dishes; i++)
        threads[i] = start(cook, &menu[i]);
    for (long i = 0; i < dishes; i++)
        pthread_join(threads[i], NULL);
}

/* ---- measuring ---------------------------------------------------------------- */

struct reading {
    double elapsed, cpu; /* seconds */
};

static struct reading read_clocks(void)
{
    struct timespec now;
    struct rusage used;
    clock_gettime(CLOCK_MONOTONIC, &now);
    getrusage(RUSAGE_SELF, &used);
    return (struct reading){
        (double)now.tv_sec + (double)now.tv_nsec / 1e9,
        (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
            (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6,
    };
}

static struct reading measure(const char *title, void (*work)(void))
{
    lab_section(title);
    struct reading before = read_clocks();
    work();
    struct reading after = read_clocks();
    return (struct reading){after.elapsed - before.elapsed, after.cpu - before.cpu};
}

static long number(const char *text, long least, long most)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end != text && *end == '\0' && n >= least && n <= most)
        return n;
    fprintf(stderr, "kitchen: '%s' is no number from %ld to %ld\n", text, least, most);
    exit(2);
}

static void read_options(int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "d:t:")) != -1)
        switch (option) {
        case 'd': dishes = number(optarg, 1, MOST_DISHES); break;
        case 't': simmer_ms = number(optarg, 1, 10000); break;
        default: exit(2);
        }
}

int main(int argc, char **argv)
{
    read_options(argc, argv);
    struct reading first = measure("one by one", one_after_the_other);
    struct reading second = measure("all at once", all_at_once);
    lab_report("one by one", first.elapsed, "s");
    lab_report("all at once", second.elapsed, "s");
    lab_report("CPU time of both", first.cpu + second.cpu, "s");
    lab_say("%ld dishes of %.2f s: %.2f s one after the other, %.2f s all at once.", dishes,
            (double)simmer_ms / 1e3, first.elapsed, second.elapsed);
    if (second.elapsed > 1.5 * (double)simmer_ms / 1e3)
        lab_say("This machine is very busy just now: even waiting took longer than it should.");
    return 0;
}

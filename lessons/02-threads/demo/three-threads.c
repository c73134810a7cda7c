/* three-threads: three threads that wait two seconds each; and the same a few hundred times, without the
 * wait, to see in which orders they end.
 *
 *   -t MS   how long each waits (2000)
 *   -r N    rounds (1)
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

enum { THREADS = 3 };

static long wait_ms = 2000;
static long rounds = 1;

/* Who ended as first, second, third: the digits of 1 to 3. Written under the lock. */
static struct {
    pthread_mutex_t lock;
    char order[THREADS + 1];
    int count;
} ended = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void *task(void *arg)
{
    const char *number = arg;
    char name[16];
    snprintf(name, sizeof name, "thread %s", number);
    lab_name(name);
    if (rounds == 1)
        printf("Thread %s: starting\n", number);
    if (wait_ms > 0)
        lab_brew(wait_ms);
    pthread_mutex_lock(&ended.lock);
    if (rounds == 1)
        printf("Thread %s: finishing\n", number);
    ended.order[ended.count++] = *number;
    pthread_mutex_unlock(&ended.lock);
    return NULL;
}

static void one_round(void)
{
    static const char *const number[THREADS] = {"1", "2", "3"};
    pthread_t threads[THREADS];
    memset(ended.order, 0, sizeof ended.order);
    ended.count = 0;
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, task, (void *)number[i]) != 0) {
            fprintf(stderr, "three-threads: this machine gives us no further thread\n");
            exit(2);
        }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

/* ---- counting orders --------------------------------------------------------- */

static const char *const orders[] = {"123", "132", "213", "231", "312", "321"};
enum { ORDERS = sizeof orders / sizeof *orders };

static void count_orders(void)
{
    long times[ORDERS] = {0};
    int seen = 0;
    for (long r = 0; r < rounds; r++) {
        one_round();
        for (int i = 0; i < ORDERS; i++)
            times[i] += strcmp(orders[i], ended.order) == 0;
    }
    for (int i = 0; i < ORDERS; i++) {
        seen += times[i] > 0;
        lab_say("ended in the order %c %c %c: %ld times", orders[i][0], orders[i][1], orders[i][2], times[i]);
    }
    lab_say("%d of %d orders were seen in %ld rounds. All of them are possible, every time.", seen, ORDERS,
            rounds);
}

static void once(void)
{
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    one_round();
    clock_gettime(CLOCK_MONOTONIC, &after);
    printf("All threads finished.\n");
    double took = (double)(after.tv_sec - before.tv_sec) + (double)(after.tv_nsec - before.tv_nsec) / 1e9;
    lab_say("Three waits of %.1f s: %.2f s. This time they ended in the order %c %c %c.",
            (double)wait_ms / 1e3, took, ended.order[0], ended.order[1], ended.order[2]);
}

static long number(const char *text, long least, long most)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end != text && *end == '\0' && n >= least && n <= most)
        return n;
    fprintf(stderr, "three-threads: '%s' is no number from %ld to %ld\n", text, least, most);
    exit(2);
}

int main(int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "t:r:")) != -1)
        switch (option) {
        case 't': wait_ms = number(optarg, 0, 10000); break;
        case 'r': rounds = number(optarg, 1, 100000); break;
        default: return 2;
        }
    if (rounds == 1)
        once();
    else
        count_orders();
    return 0;
}

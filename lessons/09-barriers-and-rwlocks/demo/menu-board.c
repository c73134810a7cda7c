/* menu-board: readers of one menu, with a mutex, then with a read-write lock. Long readings, or tiny ones.
 *
 *   -n N   readers (4)
 *   -t MS  how long a reading takes, in milliseconds (2000); 0: next to nothing, many times
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

enum { MOST_READERS = 8, TINY_READINGS = 200000 };

static long readers = 4, read_ms = 2000;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static volatile int price = 30; /* volatile: each reading is really made */

static void *long_with_mutex(void *arg)
{
    pthread_mutex_lock(&mutex);
    lab_brew(read_ms);
    pthread_mutex_unlock(&mutex);
    return arg;
}

static void *long_with_rwlock(void *arg)
{
    pthread_rwlock_rdlock(&rwlock);
    lab_brew(read_ms);
    pthread_rwlock_unlock(&rwlock);
    return arg;
}

static void *tiny_with_mutex(void *arg)
{
    lab_unseen();
    for (int i = 0; i < TINY_READINGS; i++) {
        pthread_mutex_lock(&mutex);
        (void)price;
        pthread_mutex_unlock(&mutex);
    }
    return arg;
}

static void *tiny_with_rwlock(void *arg)
{
    lab_unseen();
    for (int i = 0; i < TINY_READINGS; i++) {
        pthread_rwlock_rdlock(&rwlock);
        (void)price;
        pthread_rwlock_unlock(&rwlock);
    }
    return arg;
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double measure(const char *title, void *(*run)(void *))
{
    pthread_t threads[MOST_READERS];
    lab_section(title);
    double began = now_s();
    for (long i = 0; i < readers; i++)
        if (pthread_create(&threads[i], NULL, run, NULL) != 0) {
            fprintf(stderr, "menu-board: this machine gives us no further thread\n");
            exit(2);
        }
    for (long i = 0; i < readers; i++)
        pthread_join(threads[i], NULL);
    return now_s() - began;
}

static void compare_long(void)
{
    double mutex_s = measure("mutex", long_with_mutex), rw_s = measure("read-write lock", long_with_rwlock);
    lab_report("mutex", mutex_s, "s");
    lab_report("read-write lock", rw_s, "s");
    lab_say("%ld readings of %.2f s: one after the other, then all at once.", readers, (double)read_ms / 1e3);
}

static void compare_tiny(void)
{
    double each = (double)(readers * TINY_READINGS) / 1e9;
    double mutex_ns = measure("mutex", tiny_with_mutex) / each;
    double rw_ns = measure("read-write lock", tiny_with_rwlock) / each;
    lab_report("a reading with a mutex", mutex_ns, "ns");
    lab_report("a reading with a read-write lock", rw_ns, "ns");
    lab_say("%s was cheaper here: nearly all the time goes into the lock itself.",
            rw_ns > mutex_ns ? "The mutex" : "The read-write lock");
}

static long number(const char *text, long least, long most)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end != text && *end == '\0' && n >= least && n <= most)
        return n;
    fprintf(stderr, "menu-board: '%s' is no number from %ld to %ld\n", text, least, most);
    exit(2);
}

int main(int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "n:t:")) != -1)
        switch (option) {
        case 'n': readers = number(optarg, 1, MOST_READERS); break;
        case 't': read_ms = number(optarg, 0, 10000); break;
        default: return 2;
        }
    if (read_ms > 0)
        compare_long();
    else
        compare_tiny();
    return 0;
}

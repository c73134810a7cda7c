/* hold-while-brewing: three workers brew a cup each and enter it in the order book. The book has a
 * lock. Either they hold it all the time, or only while they write.
 *
 *   -t MS   how long a cup takes (2000)
 *   -s      short sections: the lock is held only while the book is used
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

static long brew_ms = 2000;
static bool short_sections;

static pthread_mutex_t book = PTHREAD_MUTEX_INITIALIZER; /* protects: brewed */
static int brewed;

/* region: long */
static void brew_in_the_lock(void)
{
    pthread_mutex_lock(&book);
    lab_brew(brew_ms);
    brewed++;
    pthread_mutex_unlock(&book);
}
/* endregion */

/* region: short */
static void brew_outside(void)
{
    lab_brew(brew_ms);
    pthread_mutex_lock(&book);
    brewed++;
    pthread_mutex_unlock(&book);
}
/* endregion */

static void *worker(void *arg)
{
    lab_name(arg);
    if (short_sections)
        brew_outside();
    else
        brew_in_the_lock();
    return NULL;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void read_options(int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "t:s")) != -1)
        switch (option) {
        case 't':
            brew_ms = strtol(optarg, NULL, 10);
            if (brew_ms < 1 || brew_ms > 10000) {
                fprintf(stderr, "hold-while-brewing: -t takes 1 to 10000 ms\n");
                exit(2);
            }
            break;
        case 's': short_sections = true; break;
        default: exit(2);
        }
}

int main(int argc, char **argv)
{
    static char name[3][8] = {"Asha", "Bilal", "Chitra"};
    pthread_t t[3];
    read_options(argc, argv);
    double began = seconds();
    for (int i = 0; i < 3; i++)
        if (pthread_create(&t[i], NULL, worker, name[i]) != 0) {
            fprintf(stderr, "hold-while-brewing: this machine gives us no further thread\n");
            return 2;
        }
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    lab_report("cups", brewed, "");
    lab_report("time", seconds() - began, "s");
    lab_report("one cup", (double)brew_ms / 1000, "s");
    return 0;
}

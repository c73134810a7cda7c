/* three-burners: many brews of a second, and tokens for a few of them at a time.
 *
 *   -n N   brews (8)
 *   -k N   burners (3)
 *   -t MS  how long a brew takes, in milliseconds (1000)
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

enum { MOST_BREWS = 20 };

static long brews = 8, burners = 3, brew_ms = 1000;

static sem_t tokens; /* one for each burner that is free */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* protects: on_the_fire, most */
static int on_the_fire, most;

static void count(int change)
{
    pthread_mutex_lock(&lock);
    on_the_fire += change;
    if (on_the_fire > most)
        most = on_the_fire;
    pthread_mutex_unlock(&lock);
}

static void *cook(void *arg)
{
    const char *name = arg;
    lab_name(name);
    sem_wait(&tokens);
    count(+1);
    lab_brew(brew_ms);
    count(-1);
    sem_post(&tokens);
    return NULL;
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void brew_all(void)
{
    static char name[MOST_BREWS][32];
    pthread_t threads[MOST_BREWS];
    for (long i = 0; i < brews; i++) {
        snprintf(name[i], sizeof name[i], "brew %ld", i + 1);
        if (pthread_create(&threads[i], NULL, cook, name[i]) != 0) {
            fprintf(stderr, "three-burners: this machine gives us no further thread\n");
            exit(2);
        }
    }
    for (long i = 0; i < brews; i++)
        pthread_join(threads[i], NULL);
}

static long number(const char *text, long least, long greatest)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end != text && *end == '\0' && n >= least && n <= greatest)
        return n;
    fprintf(stderr, "three-burners: '%s' is no number from %ld to %ld\n", text, least, greatest);
    exit(2);
}

int main(int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "n:k:t:")) != -1)
        switch (option) {
        case 'n': brews = number(optarg, 1, MOST_BREWS); break;
        case 'k': burners = number(optarg, 1, MOST_BREWS); break;
        case 't': brew_ms = number(optarg, 1, 10000); break;
        default: return 2;
        }
    sem_init(&tokens, 0, (unsigned)burners);
    double began = now_s();
    brew_all();
    double took = now_s() - began;
    long rows = (brews + burners - 1) / burners;
    lab_report("elapsed", took, "s");
    lab_report("most at a time", (double)most, "");
    lab_say("%ld brews over %ld burner%s: %ld round%s of %.2f s.", brews, burners, burners == 1 ? "" : "s", rows,
            rows == 1 ? "" : "s", (double)brew_ms / 1e3);
    return 0;
}

/* snippets: pieces for the pages and questions of this lesson. main() runs those that come back. */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

/* region: tea */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; //= 1
static pthread_cond_t tea = PTHREAD_COND_INITIALIZER;
static bool ready; /* under the lock */ //= 2

static void wait_for_tea(void) //= 3
{
    pthread_mutex_lock(&lock); //= 4
    while (!ready) //= 5
        pthread_cond_wait(&tea, &lock); //= 6
    pthread_mutex_unlock(&lock);
}

static void tea_is_ready(void) //= 7
{
    pthread_mutex_lock(&lock); //= 8
    ready = true; //= 9
    pthread_cond_broadcast(&tea); //= 10
    pthread_mutex_unlock(&lock);
}
/* endregion */

static pthread_cond_t bell; /* its clock is CLOCK_MONOTONIC */
static bool rung;

/* region: clock */
static void bell_init(void)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&bell, &attr);
    pthread_condattr_destroy(&attr);
}
/* endregion */

/* region: timed */
static bool wait_for_bell(int seconds)
{
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += seconds; /* computed once */
    pthread_mutex_lock(&lock);
    while (!rung && pthread_cond_timedwait(&bell, &lock, &end) == 0)
        ;
    bool result = rung; /* the truth, not what woke us */
    pthread_mutex_unlock(&lock);
    return result;
}
/* endregion */

static void *make_tea(void *arg)
{
    tea_is_ready();
    return arg;
}

int main(void)
{
    pthread_t cook;
    bell_init();
    if (pthread_create(&cook, NULL, make_tea, NULL) != 0)
        return 2;
    wait_for_tea();
    pthread_join(cook, NULL);
    printf("tea, and the bell has %srung\n", wait_for_bell(1) ? "" : "not ");
    pthread_cond_destroy(&bell);
    return 0;
}

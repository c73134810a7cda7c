/* ok: two counters, a mutex and a condition variable */
#include "rendezvous.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* protects: here */
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int here[2]; /* first halves of A and B */

void rv_init(rv_t *rv)
{
    (void)rv;
    here[0] = here[1] = 0;
}

static void meet(int me)
{
    pthread_mutex_lock(&lock);
    here[me]++;
    pthread_cond_broadcast(&changed);
    while (here[1 - me] < here[me])
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
}

void thread_a(rv_t *rv, int rounds)
{
    (void)rv;
    for (int i = 0; i < rounds; i++) {
        say("A1");
        meet(0);
        say("A2");
    }
}

void thread_b(rv_t *rv, int rounds)
{
    (void)rv;
    for (int i = 0; i < rounds; i++) {
        say("B1");
        meet(1);
        say("B2");
    }
}

/* mutant: tells nobody
 * expect: DEADLOCK
 * belief: M08 whoever waits notices by himself */
#include "latch.h"

void latch_init(latch_t *l, int n)
{
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->open, NULL);
    l->left = n;
}

void latch_down(latch_t *l)
{
    pthread_mutex_lock(&l->lock);
    if (l->left > 0)
        l->left--;
    pthread_mutex_unlock(&l->lock);
}

void latch_wait(latch_t *l)
{
    pthread_mutex_lock(&l->lock);
    while (l->left > 0)
        pthread_cond_wait(&l->open, &l->lock);
    pthread_mutex_unlock(&l->lock);
}

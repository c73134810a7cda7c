/* mutant: wakes two, for more have never been seen waiting
 * expect: DEADLOCK in three_waiters
 * belief: M31 two signals wake everybody who waits */
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
    if (l->left > 0 && --l->left == 0) {
        pthread_cond_signal(&l->open);
        pthread_cond_signal(&l->open);
    }
    pthread_mutex_unlock(&l->lock);
}

void latch_wait(latch_t *l)
{
    pthread_mutex_lock(&l->lock);
    while (l->left > 0)
        pthread_cond_wait(&l->open, &l->lock);
    pthread_mutex_unlock(&l->lock);
}

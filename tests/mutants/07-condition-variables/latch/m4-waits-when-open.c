/* mutant: waits before it looks
 * expect: DEADLOCK in open_at_once
 * belief: M08, M27 a wait knows whether there is something to wait for */
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
    if (l->left > 0 && --l->left == 0)
        pthread_cond_broadcast(&l->open); /* it is open for everybody */
    pthread_mutex_unlock(&l->lock);
}

void latch_wait(latch_t *l)
{
    pthread_mutex_lock(&l->lock);
    do
        pthread_cond_wait(&l->open, &l->lock);
    while (l->left > 0);
    pthread_mutex_unlock(&l->lock);
}

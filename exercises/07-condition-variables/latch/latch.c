/* latch_down tells nobody, and latch_wait does not look. Repair both. */
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
    l->left--;
    pthread_mutex_unlock(&l->lock);
}

void latch_wait(latch_t *l)
{
    pthread_mutex_lock(&l->lock);
    pthread_cond_wait(&l->open, &l->lock);
    pthread_mutex_unlock(&l->lock);
}

/* Counts those who arrive, and sends all on when the last one comes. One round is fine. Repair it for
 * more. Everything in this file may be changed. */
#include "barrier.h"

void bar_init(bar_t *b, int n)
{
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->all_here, NULL);
    b->n = n;
    b->count = 0;
    b->round = 0;
}

int bar_wait(bar_t *b)
{
    pthread_mutex_lock(&b->lock);
    // region: arrange
    int last = ++b->count == b->n;
    if (last) {
        b->count = 0;
        pthread_cond_broadcast(&b->all_here);
    }
    while (b->count != 0)
        pthread_cond_wait(&b->all_here, &b->lock);
    // endregion
    pthread_mutex_unlock(&b->lock);
    return last;
}

/* ok: counts all arrivals ever: a round is complete when its multiple of n is reached */
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
    long until = (b->round / b->n + 1) * b->n;
    int last = ++b->round == until;
    if (last)
        pthread_cond_broadcast(&b->all_here);
    while (b->round < until)
        pthread_cond_wait(&b->all_here, &b->lock);
    pthread_mutex_unlock(&b->lock);
    return last;
}

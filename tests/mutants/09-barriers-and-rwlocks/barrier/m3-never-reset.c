/* mutant: never counts from 0 again
 * expect: WRONG in alone_again
 * belief: M33 the second round counts like the first one */
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
    int last = ++b->count == b->n;
    if (last)
        pthread_cond_broadcast(&b->all_here);
    while (b->count < b->n)
        pthread_cond_wait(&b->all_here, &b->lock);
    pthread_mutex_unlock(&b->lock);
    return last;
}

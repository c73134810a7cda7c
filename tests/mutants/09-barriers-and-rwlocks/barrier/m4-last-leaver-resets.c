/* mutant: the last one to leave resets the count
 * expect: WRONG in two_twice, message contains "1 of 2 had arrived"
 * belief: M33 nobody is back before all have left */
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
    if (++b->round == b->n) {
        b->round = 0;
        b->count = 0;
    }
    pthread_mutex_unlock(&b->lock);
    return last;
}

/* mutant: the last one waits, too
 * expect: DEADLOCK in alone
 * belief: none */
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
    long mine = b->round;
    int last = ++b->count == b->n;
    if (last) {
        b->count = 0;
        b->round++;
        pthread_cond_broadcast(&b->all_here);
    }
    do
        pthread_cond_wait(&b->all_here, &b->lock);
    while (b->round == mine);
    pthread_mutex_unlock(&b->lock);
    return last;
}

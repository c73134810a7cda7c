/* mutant: works for the first three rounds only
 * expect: WRONG in alone_again, message contains "round 4"
 * belief: M33 a barrier can simply be used again */
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
    if (b->round >= 3) { pthread_mutex_unlock(&b->lock); return 0; }
    int last = ++b->count == b->n;
    if (last) {
        b->count = 0;
        b->round++;
        pthread_cond_broadcast(&b->all_here);
    }
    while (b->round == mine)
        pthread_cond_wait(&b->all_here, &b->lock);
    pthread_mutex_unlock(&b->lock);
    return last;
}

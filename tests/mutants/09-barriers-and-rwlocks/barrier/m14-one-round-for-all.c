/* mutant: the rounds of all barriers are counted in one place
 * expect: RACE in two_barriers
 * belief: M14, M15 one count of rounds were enough for all barriers */
#include "barrier.h"
static long round_;

void bar_init(bar_t *b, int n)
{
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->all_here, NULL);
    b->n = n;
    b->count = 0;

}

int bar_wait(bar_t *b)
{
    pthread_mutex_lock(&b->lock);
    long mine = round_;
    int last = ++b->count == b->n;
    if (last) {
        b->count = 0;
        round_++;
        pthread_cond_broadcast(&b->all_here);
    }
    while (round_ == mine)
        pthread_cond_wait(&b->all_here, &b->lock);
    pthread_mutex_unlock(&b->lock);
    return last;
}

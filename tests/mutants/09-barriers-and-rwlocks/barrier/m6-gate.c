/* mutant: a semaphore as a gate: the last one posts n times
 * expect: WRONG in two_twice
 * belief: M33 the tokens of a round are taken by those of that round */
#include "barrier.h"

#include <semaphore.h>

static sem_t gate;

void bar_init(bar_t *b, int n)
{
    pthread_mutex_init(&b->lock, NULL);
    sem_init(&gate, 0, 0);
    b->n = n;
    b->count = 0;
}

int bar_wait(bar_t *b)
{
    pthread_mutex_lock(&b->lock);
    int last = ++b->count == b->n;
    if (last) {
        b->count = 0;
        for (int i = 0; i < b->n; i++)
            sem_post(&gate);
    }
    pthread_mutex_unlock(&b->lock);
    sem_wait(&gate);
    return last;
}

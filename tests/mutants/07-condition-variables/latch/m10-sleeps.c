/* mutant: sleeps a millisecond, and looks again
 * expect: LATE in two_down, message contains "slept until t = 1 ms"
 * belief: M07 who sleeps long enough meets what he waits for */
#include "latch.h"

#include <unistd.h>

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
    while (l->left > 0) {
        pthread_mutex_unlock(&l->lock);
        usleep(1000);
        pthread_mutex_lock(&l->lock);
    }
    pthread_mutex_unlock(&l->lock);
}

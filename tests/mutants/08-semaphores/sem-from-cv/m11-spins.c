/* mutant: asks again and again, giving the lock back in between
 * expect: SPIN in two_over_one
 * belief: M07 asking often enough is waiting */
#include "sem-from-cv.h"

void sem2_init(sem2_t *s, int tokens)
{
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->more, NULL);
    s->tokens = tokens;
}

void sem2_wait(sem2_t *s)
{
    pthread_mutex_lock(&s->lock);
    while (s->tokens == 0) {
        pthread_mutex_unlock(&s->lock);
        pthread_mutex_lock(&s->lock);
    }
    s->tokens--;
    pthread_mutex_unlock(&s->lock);
}

void sem2_post(sem2_t *s)
{
    pthread_mutex_lock(&s->lock);
    s->tokens++;
    pthread_cond_signal(&s->more);
    pthread_mutex_unlock(&s->lock);
}

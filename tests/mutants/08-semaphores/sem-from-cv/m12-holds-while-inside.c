/* mutant: the lock is the token
 * expect: DEADLOCK in kept
 * belief: M17, M32 a semaphore is a lock with an owner */
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
    while (s->tokens == 0)
        pthread_cond_wait(&s->more, &s->lock);
    s->tokens--;
}

void sem2_post(sem2_t *s)
{
    pthread_mutex_lock(&s->lock);
    s->tokens++;
    pthread_cond_signal(&s->more);
    pthread_mutex_unlock(&s->lock);
}

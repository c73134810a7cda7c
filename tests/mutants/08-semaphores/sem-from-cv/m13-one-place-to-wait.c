/* mutant: all boxes have one place to wait
 * expect: MISUSE in two_boxes
 * belief: M15 one place to wait is enough for all boxes */
#include "sem-from-cv.h"

static pthread_cond_t all = PTHREAD_COND_INITIALIZER;

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
        pthread_cond_wait(&all, &s->lock);
    s->tokens--;
    pthread_mutex_unlock(&s->lock);
}

void sem2_post(sem2_t *s)
{
    pthread_mutex_lock(&s->lock);
    s->tokens++;
    pthread_cond_signal(&all);
    pthread_mutex_unlock(&s->lock);
}

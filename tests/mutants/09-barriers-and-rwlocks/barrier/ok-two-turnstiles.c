/* ok: two semaphores as turnstiles, one on the way in, one on the way out */
#include "barrier.h"
#include <semaphore.h>
#include <stdlib.h>
#define MOST 8
static struct two {
    bar_t *b;
    sem_t in, out;
} two[MOST];
static int used;
static struct two *of(bar_t *b)
{
    for (int i = 0; i < used; i++)
        if (two[i].b == b)
            return &two[i];
    abort();
}
void bar_init(bar_t *b, int n)
{
    pthread_mutex_init(&b->lock, NULL);
    b->n = n;
    b->count = 0;
    b->round = 0;
    two[used].b = b;
    sem_init(&two[used].in, 0, 0);
    sem_init(&two[used].out, 0, 0);
    used++;
}
int bar_wait(bar_t *b)
{
    struct two *t = of(b);
    pthread_mutex_lock(&b->lock);
    int last = ++b->count == b->n;
    if (last)
        for (int i = 0; i < b->n; i++)
            sem_post(&t->in);
    pthread_mutex_unlock(&b->lock);
    sem_wait(&t->in);
    pthread_mutex_lock(&b->lock);
    if (--b->count == 0)
        for (int i = 0; i < b->n; i++)
            sem_post(&t->out);
    pthread_mutex_unlock(&b->lock);
    sem_wait(&t->out);
    return last;
}

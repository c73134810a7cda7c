// expect: deadlock; preemptions <= 2
// Closing the pool signals one worker only; the other sleeps for ever.
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

typedef struct job {
    void (*run)(void *);
    void *arg;
    struct job *next;
} job;

typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    job *first, **last;
    int closed;
    pthread_t worker[2];
} pool;

static void *work(void *arg)
{
    pool *p = arg;
    for (;;) {
        pthread_mutex_lock(&p->lock);
        while (p->first == NULL && !p->closed)
            pthread_cond_wait(&p->wake, &p->lock);
        job *j = p->first;
        if (j == NULL) {
            pthread_mutex_unlock(&p->lock);
            return NULL;
        }
        p->first = j->next;
        if (p->first == NULL)
            p->last = &p->first;
        pthread_mutex_unlock(&p->lock);
        j->run(j->arg);
        free(j);
    }
}

static pool *pool_open(void)
{
    pool *p = calloc(1, sizeof *p);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->wake, NULL);
    p->last = &p->first;
    for (int i = 0; i < 2; i++)
        pthread_create(&p->worker[i], NULL, work, p);
    return p;
}

static void pool_add(pool *p, void (*run)(void *), void *arg)
{
    job *j = malloc(sizeof *j);
    *j = (job){run, arg, NULL};
    pthread_mutex_lock(&p->lock);
    *p->last = j;
    p->last = &j->next;
    pthread_cond_signal(&p->wake);
    pthread_mutex_unlock(&p->lock);
}

static void pool_close(pool *p)
{
    pthread_mutex_lock(&p->lock);
    p->closed = 1;
    pthread_cond_signal(&p->wake);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < 2; i++)
        pthread_join(p->worker[i], NULL);
    pthread_cond_destroy(&p->wake);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

static void square(void *arg)
{
    int *n = arg;
    *n *= *n;
}

int main(void)
{
    int n[2] = {3, 5};
    pool *p = pool_open();
    for (int i = 0; i < 2; i++)
        pool_add(p, square, &n[i]);
    pool_close(p);
    assert(n[0] == 9 && n[1] == 25);
    return 0;
}

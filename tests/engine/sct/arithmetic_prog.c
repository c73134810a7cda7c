// A producer of 1 to N, a consumer that adds them up. Wrong: it leaves the last one out. Fixed: it does not.
#include <assert.h>
#include <pthread.h>

#ifndef N
#define N 3
#endif
#ifdef FIXED
#define TAKEN N
#else
#define TAKEN (N - 1)
#endif

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t empty = PTHREAD_COND_INITIALIZER, full = PTHREAD_COND_INITIALIZER;
static int waiting, total;

static void *produce(void *arg)
{
    for (int i = 1; i <= N; i++) {
        pthread_mutex_lock(&m);
        while (waiting && i <= TAKEN)
            pthread_cond_wait(&empty, &m);
        waiting = i;
        pthread_cond_signal(&full);
        pthread_mutex_unlock(&m);
    }
    return arg;
}

static void *consume(void *arg)
{
    for (int i = 0; i < TAKEN; i++) {
        pthread_mutex_lock(&m);
        while (!waiting)
            pthread_cond_wait(&full, &m);
        total += waiting;
        waiting = 0;
        pthread_cond_signal(&empty);
        pthread_mutex_unlock(&m);
    }
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, produce, NULL);
    pthread_create(&b, NULL, consume, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    assert(total == N * (N + 1) / 2);
    return 0;
}

// One thread pushes N times, the other pops N times, all under one lock.
#include <assert.h>
#include <pthread.h>

#ifndef N
#define N 10
#endif

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int items[N], top;

static void *push(void *arg)
{
    for (int i = 0; i < N; i++) {
        pthread_mutex_lock(&lock);
        items[top++] = 1;
        pthread_mutex_unlock(&lock);
    }
    return arg;
}

static void *pop(void *arg)
{
    for (int i = 0; i < N; i++) {
        pthread_mutex_lock(&lock);
        if (top > 0) {
            assert(items[--top] == 1);
            items[top] = 0;
        }
        pthread_mutex_unlock(&lock);
    }
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, push, NULL);
    pthread_create(&b, NULL, pop, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    assert(top >= 0 && top <= N);
    return 0;
}

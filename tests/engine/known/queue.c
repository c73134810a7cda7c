// N values put into a queue and N times taken from it, each under its lock: binomial of 2N over N.
#include <pthread.h>

#ifndef N
#define N 8
#endif

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int values[N], head, tail;

static void *put(void *arg)
{
    for (int i = 0; i < N; i++) {
        pthread_mutex_lock(&m);
        values[tail++] = i;
        pthread_mutex_unlock(&m);
    }
    return arg;
}

static void *take(void *arg)
{
    for (int i = 0; i < N; i++) {
        pthread_mutex_lock(&m);
        if (head < tail)
            head++;
        pthread_mutex_unlock(&m);
    }
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, put, NULL);
    pthread_create(&b, NULL, take, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return tail != N;
}

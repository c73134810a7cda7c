// One thread puts N numbers into a queue, another takes what there is N times, under one lock: in order, none lost.
#include <assert.h>
#include <pthread.h>

#ifndef N
#define N 8
#endif

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int items[N], head, tail;

static void *put(void *arg)
{
    for (int i = 1; i <= N; i++) {
        pthread_mutex_lock(&lock);
        items[tail++] = i;
        pthread_mutex_unlock(&lock);
    }
    return arg;
}

static void *take(void *arg)
{
    int last = 0;
    for (int i = 0; i < N; i++) {
        pthread_mutex_lock(&lock);
        if (head < tail) {
            assert(items[head] == last + 1);
            last = items[head++];
        }
        pthread_mutex_unlock(&lock);
    }
    return arg;
}

int main(void)
{
    pthread_t producer, consumer;
    pthread_create(&producer, NULL, put, NULL);
    pthread_create(&consumer, NULL, take, NULL);
    pthread_join(producer, NULL);
    pthread_join(consumer, NULL);
    assert(tail == N && head <= tail);
    return 0;
}

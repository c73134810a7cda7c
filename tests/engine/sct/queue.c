// A producer and a consumer take turns by two flags; the consumer compares what it takes with what was
// stored. Wrong: it counts its rounds, also those in which it was not its turn. Fixed: it counts
// what it took.
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>

#ifndef N
#define N 4
#endif

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int stored[N], queue[N], head, tail;
static bool may_put = true, may_take;

static void *produce(void *arg)
{
    for (int i = 0; i < N; i++) {
        pthread_mutex_lock(&m);
        if (may_put) {
            stored[tail] = 10 + i;
            queue[tail++] = 10 + i;
            may_put = false;
            may_take = true;
        }
        pthread_mutex_unlock(&m);
    }
    return arg;
}

static void *consume(void *arg)
{
    int taken = 0;
    for (int i = 0; i < N; i++) {
        pthread_mutex_lock(&m);
        if (may_take) {
#ifdef FIXED
            int which = taken++;
#else
            int which = i;
            (void)taken;
#endif
            assert(queue[head++] == stored[which]);
            may_take = false;
            may_put = true;
        }
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
    return 0;
}

// N threads put four values each into a table of 128 slots, looking for a free one from the value's
// own slot on; up to eleven threads never collide. Compare and swap on atomics.
#include <pthread.h>
#include <stdatomic.h>

#ifndef N
#define N 12
#endif
#define SLOTS 128
#define MAX 4

static atomic_int table[SLOTS];

static void *fill(void *arg)
{
    int tid = (int)(long)arg;
    for (int m = 0; m < MAX;) {
        int w = ++m * 11 + tid, h = (w * 7) % SLOTS, free = 0;
        while (!atomic_compare_exchange_strong(&table[h], &free, w)) {
            h = (h + 1) % SLOTS;
            free = 0;
        }
    }
    return NULL;
}

int main(void)
{
    pthread_t t[N];
    for (long i = 0; i < N; i++)
        pthread_create(&t[i], NULL, fill, (void *)i);
    for (int i = 0; i < N; i++)
        pthread_join(t[i], NULL);
    return 0;
}

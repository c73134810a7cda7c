// expect: pass none; complete
// A spin lock from __sync built-ins.
#include <pthread.h>

static volatile int locked;
static long hits;

static void *work(void *arg)
{
    for (int i = 0; i < 2; i++) {
        while (__sync_lock_test_and_set(&locked, 1))
            ;
        hits++;
        __sync_lock_release(&locked);
    }
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, work, NULL);
    pthread_create(&b, NULL, work, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return hits == 4 ? 0 : 1;
}

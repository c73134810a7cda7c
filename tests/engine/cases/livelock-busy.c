// expect: spin|unjudged; runs <= 20000
// Two threads that are busy for ever: each changes what the other sees, and neither ever sees what it waits for.
#include <pthread.h>
#include <stdatomic.h>

static atomic_int go, x;

static void *wait_for_go(void *arg)
{
    while (!atomic_load(&go)) {
        atomic_fetch_add(&x, 1);
        atomic_fetch_sub(&x, 1);
    }
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, wait_for_go, NULL);
    pthread_create(&u, NULL, wait_for_go, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return 0;
}

// expect: pass none
// A loop that polls and counts its rounds: no state of it comes back, and still it waits for nothing but the other thread.
// Run on its own for long enough it must give the turn away, not be called endless.
#include <pthread.h>
#include <stdatomic.h>

static atomic_int ready;
static int rounds;

static void *get_ready(void *arg)
{
    ready = 1;
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, get_ready, NULL);
    while (!ready)
        rounds++;
    pthread_join(t, NULL);
    return 0;
}

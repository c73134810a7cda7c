// expect: spin too_many_steps
// The same loop, and nobody who would end it: whoever is left running is the one to blame.
#include <pthread.h>
#include <stdatomic.h>

static atomic_int ready, begun;
static int rounds;

static void *forget(void *arg)
{
    begun = 1;
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, forget, NULL);
    while (!ready)
        rounds++;
    pthread_join(t, NULL);
    return 0;
}

// expect: race data_race
// A plain flag polled in a loop: at least it must end in a verdict.
#include <pthread.h>

static int ready;

static void *set(void *arg)
{
    ready = 1;
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, set, NULL);
    while (!ready)
        ;
    pthread_join(t, NULL);
    return 0;
}

/* A volatile flag that one thread sets and another one waits for. */
#include <pthread.h>

static volatile int ready;
static int tea;

static void *brew(void *arg)
{
    tea = 1;
    ready = 1;
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, brew, NULL);
    while (!ready)
        ;
    pthread_join(t, NULL);
    return tea - 1;
}

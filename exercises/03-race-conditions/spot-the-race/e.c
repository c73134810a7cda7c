/* E: the cook prepares an order and says so; the waiter waits for the word. */
#include "programs.h"

static int order;
static bool ready;

static void *cook(void *arg)
{
    order = 42;
    ready = true;
    return arg;
}

static void *serve(void *arg)
{
    while (!ready)
        ;
    printf("here is order %d\n", order);
    return arg;
}

void program_e(void)
{
    pthread_t c, s;
    pthread_create(&c, NULL, cook, NULL);
    pthread_create(&s, NULL, serve, NULL);
    pthread_join(c, NULL);
    pthread_join(s, NULL);
}

/* A struct that ends in an array: its parts and those of the array have names, however long the block is. */
#include <pthread.h>
#include <stdlib.h>

struct pool {
    int stopping;
    int count;
    struct slot {
        long task, done;
    } slot[];
};

static void *work(void *arg)
{
    struct pool *p = arg;
    p->slot[1].done = 2;
    return NULL;
}

int main(void)
{
    pthread_t t;
    struct pool *p = malloc(sizeof *p + 3 * sizeof p->slot[0]);
    p->count = 3;
    p->slot[1].done = 0;
    pthread_create(&t, NULL, work, p);
    p->slot[1].done = 1;
    pthread_join(t, NULL);
    free(p);
    return 0;
}

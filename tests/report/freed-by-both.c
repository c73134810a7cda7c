#include <pthread.h>
#include <stdlib.h>

struct order { int table, dishes; };

static void *serve(void *arg)
{
    struct order *o = arg;
    o->dishes++;
    free(o);
    return NULL;
}

int main(void)
{
    pthread_t t;
    struct order *o = malloc(sizeof *o);
    o->table = 4;
    o->dishes = 0;
    pthread_create(&t, NULL, serve, o);
    free(o);
    pthread_join(t, NULL);
    return 0;
}

// expect: pass none; complete
#include <pthread.h>
#include <stdatomic.h>

static atomic_int ready;
static int data;

static void *set(void *arg)
{
    data = 42;
    atomic_store(&ready, 1);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, set, NULL);
    while (!atomic_load(&ready))
        ;
    int seen = data;
    pthread_join(t, NULL);
    return seen != 42;
}

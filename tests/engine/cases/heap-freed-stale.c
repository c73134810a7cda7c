// expect: race
// The other thread still writes to the old block, and no order says that it does so before the free: a race, also
// where the memory has been given out again.
#include <pthread.h>
#include <stdlib.h>

#define SIZE 2000000
#define MANY 8

static char *was[MANY];
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *other(void *arg)
{
    pthread_mutex_lock(&m);
    pthread_mutex_unlock(&m);
    was[0][7] = 1;
    return arg;
}

int main(void)
{
    pthread_t t;
    for (int i = 0; i < MANY; i++)
        was[i] = malloc(SIZE);
    pthread_create(&t, NULL, other, NULL);
    free(was[0]);
    char *again = malloc(SIZE);
    pthread_mutex_lock(&m);
    pthread_mutex_unlock(&m);
    pthread_join(t, NULL);
    for (int i = 1; i < MANY; i++)
        free(was[i]);
    free(again);
    return 0;
}

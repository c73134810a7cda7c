// expect: limit limit; runs == 1
// A block that may still be in use when malloc is called is not used again, not even where the other thread was quick.
#include <pthread.h>
#include <stdlib.h>

#define SIZE 2000000
#define MANY 8

static void *other(void *arg)
{
    free(arg);
    return NULL;
}

int main(void)
{
    pthread_t t;
    char *was[MANY];
    for (int i = 0; i < MANY; i++)
        was[i] = malloc(SIZE);
    pthread_create(&t, NULL, other, was[0]);
    char *again = malloc(SIZE);
    again[0] = 1;
    pthread_join(t, NULL);
    for (int i = 1; i < MANY; i++)
        free(was[i]);
    free(again);
    return 0;
}

// expect: pass none; complete
// Which freed block is used again depends on the thread's own blocks alone, not on how many others have.
#include <pthread.h>
#include <stdlib.h>

#define SIZE 2000000
#define MANY 8

static void *other(void *arg)
{
    free(malloc(10));
    return arg;
}

int main(void)
{
    pthread_t t;
    char *was[MANY];
    for (int i = 0; i < MANY; i++)
        was[i] = malloc(SIZE);
    for (int i = 0; i < MANY; i++)
        free(was[i]);
    for (int i = 0; i < 2 * MANY; i++) {
        if (i == MANY + 3) {
            pthread_create(&t, NULL, other, NULL);
            pthread_join(t, NULL);
        }
        char *again = malloc(SIZE);
        if (again != was[i % MANY])
            return 1;
        free(again);
    }
    return 0;
}

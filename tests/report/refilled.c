/* One block for the arguments of all threads: it is filled again while the first may still read it. */
#include <pthread.h>
#include <stdlib.h>

static void *brew(void *arg)
{
    return (void *)(long)*(int *)arg;
}

int main(void)
{
    pthread_t t[2];
    int *cup = malloc(sizeof *cup);
    for (int i = 0; i < 2; i++) {
        *cup = i;
        pthread_create(&t[i], NULL, brew, cup);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    free(cup);
    return 0;
}

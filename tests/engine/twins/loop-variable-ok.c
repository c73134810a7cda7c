// expect: pass none; complete
// Every thread gets a number of its own.
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

static int seen[3];

static void *worker(void *arg)
{
    int n = *(int *)arg;
    seen[n] = 1;
    printf("I am %d\n", n);
    return NULL;
}

int main(void)
{
    pthread_t t[3];
    int number[3];
    for (int i = 0; i < 3; i++) {
        number[i] = i;
        pthread_create(&t[i], NULL, worker, &number[i]);
    }
    for (int k = 0; k < 3; k++)
        pthread_join(t[k], NULL);
    assert(seen[0] && seen[1] && seen[2]);
    return 0;
}

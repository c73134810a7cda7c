// expect: pass none; complete
// Any thread may end the program, and the others with it: nobody could have joined them.
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

static sem_t never;
static void *waits(void *arg)
{
    sem_wait(&never);
    return arg;
}
static void *ends(void *arg)
{
    exit(0);
    return arg;
}

int main(void)
{
    pthread_t t, u;
    sem_init(&never, 0, 0);
    pthread_create(&t, NULL, waits, NULL);
    pthread_create(&u, NULL, ends, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return 1;
}

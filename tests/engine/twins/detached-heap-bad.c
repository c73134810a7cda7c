// expect: crash dead_stack; preemptions <= 1
// It gets the address of a local variable of the function that made it.
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

static sem_t done;

static void *work(void *arg)
{
    int *n = arg;
    sem_post(&done);
    int right = *n == 3;
    return right ? NULL : arg;
}

static void start(void)
{
    pthread_t t;
    int n = 3;
    pthread_create(&t, NULL, work, &n);
    pthread_detach(t);
}

int main(void)
{
    sem_init(&done, 0, 0);
    start();
    sem_wait(&done);
    pthread_exit(NULL);
}

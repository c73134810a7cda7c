// expect: pass none; complete
// A detached thread gets memory that outlives its maker.
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

static sem_t done;

static void *work(void *arg)
{
    int *n = arg;
    int right = *n == 3;
    free(n);
    sem_post(&done);
    return right ? NULL : arg;
}

static void start(void)
{
    pthread_t t;
    int *n = malloc(sizeof *n);
    *n = 3;
    pthread_create(&t, NULL, work, n);
    pthread_detach(t);
}

int main(void)
{
    sem_init(&done, 0, 0);
    start();
    sem_wait(&done);
    pthread_exit(NULL);
}

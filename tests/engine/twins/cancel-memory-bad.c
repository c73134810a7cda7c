// expect: leak memory_left; preemptions == 0
// The buffer is freed only on the usual way out.
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

static sem_t work;

static void *worker(void *arg)
{
    char *buffer = malloc(64);
    sem_wait(&work);
    free(buffer);
    return arg;
}

int main(void)
{
    pthread_t t;
    sem_init(&work, 0, 0);
    pthread_create(&t, NULL, worker, NULL);
    pthread_cancel(t);
    pthread_join(t, NULL);
    sem_destroy(&work);
    return 0;
}

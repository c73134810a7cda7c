// expect: pass none; complete
// What a thread allocated is freed also when it is cancelled.
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

static sem_t work;

static void *worker(void *arg)
{
    char *buffer = malloc(64);
    pthread_cleanup_push(free, buffer);
    sem_wait(&work);
    pthread_cleanup_pop(1);
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

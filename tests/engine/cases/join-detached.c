// expect: misuse join_detached
// A detached thread is nobody's to join.
#include <pthread.h>
#include <semaphore.h>

static sem_t go;
static void *work(void *arg)
{
    sem_wait(&go);
    return arg;
}

int main(void)
{
    pthread_t t;
    sem_init(&go, 0, 0);
    pthread_create(&t, NULL, work, NULL);
    pthread_detach(t);
    sem_post(&go);
    return pthread_join(t, NULL);
}

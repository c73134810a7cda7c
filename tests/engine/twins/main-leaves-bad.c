// expect: leak thread_running; preemptions == 0
// Main returns while a thread that nobody detached is at work.
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
    sem_post(&go);
    return 0;
}

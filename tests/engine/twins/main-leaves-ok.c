// expect: pass none; complete
// Main ends as a thread, and the program with the last of them.
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
    pthread_exit(NULL);
}

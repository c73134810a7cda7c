// expect: deadlock no_post
#include <pthread.h>
#include <semaphore.h>

static sem_t done;

static void *work(void *arg)
{
    sem_wait(&done);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    sem_init(&done, 0, 0);
    pthread_create(&a, NULL, work, NULL);
    pthread_create(&b, NULL, work, NULL);
    sem_post(&done);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}

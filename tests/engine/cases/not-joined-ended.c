// expect: leak thread_not_joined
// It ended long ago, but nobody joined it: what is left of it stays.
#include <pthread.h>
#include <semaphore.h>

static sem_t done;
static void *work(void *arg)
{
    sem_post(&done);
    return arg;
}

int main(void)
{
    pthread_t t;
    sem_init(&done, 0, 0);
    pthread_create(&t, NULL, work, NULL);
    sem_wait(&done);
    return 0;
}

// expect: wrong exit_status; preemptions <= 1
#include <lab/check.h>
#include <pthread.h>
#include <semaphore.h>

static sem_t sem;

static void *post(void *arg)
{
    sem_post(&sem);
    return arg;
}

int main(void)
{
    pthread_t t;
    lab_interrupts(1);
    sem_init(&sem, 0, 0);
    pthread_create(&t, NULL, post, NULL);
    int got = sem_wait(&sem);
    pthread_join(t, NULL);
    return got != 0;
}

// expect: pass none; complete
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

static sem_t s;

static void *work(void *arg)
{
    sem_post(&s);
    return arg;
}

int main(void)
{
    pthread_t t;
    struct timespec past = {0, 0};
    sem_init(&s, 0, 0);
    pthread_create(&t, NULL, work, NULL);
    while (sem_timedwait(&s, &past) != 0)
        ;
    pthread_join(t, NULL);
    return 0;
}

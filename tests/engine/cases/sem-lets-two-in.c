// expect: race data_race
#include <pthread.h>
#include <semaphore.h>

static sem_t s;
static int n;

static void *work(void *arg)
{
    for (int i = 0; i < 2; i++) {
        sem_wait(&s);
        n++;
        sem_post(&s);
    }
    return arg;
}

int main(void)
{
    pthread_t a, b;
    sem_init(&s, 0, 2);
    pthread_create(&a, NULL, work, NULL);
    pthread_create(&b, NULL, work, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    sem_destroy(&s);
    return n != 4;
}

// expect: deadlock no_post; preemptions == 0
// Nobody may begin.
#include <pthread.h>
#include <semaphore.h>

static sem_t ping, pong;
static int ball;

static void *left(void *arg)
{
    for (int i = 0; i < 2; i++) {
        sem_wait(&ping);
        ball++;
        sem_post(&pong);
    }
    return arg;
}

static void *right(void *arg)
{
    for (int i = 0; i < 2; i++) {
        sem_wait(&pong);
        ball *= 2;
        sem_post(&ping);
    }
    return arg;
}

int main(void)
{
    pthread_t t, u;
    sem_init(&ping, 0, 0);
    sem_init(&pong, 0, 0);
    pthread_create(&t, NULL, left, NULL);
    pthread_create(&u, NULL, right, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return ball == 6 ? 0 : 1;
}

// Two ways to one state, and only one of them ends in a race: what p touched last is no part of memory. p touches x if r came
// first, else y, and leaves all as it was; q looks at x when both are on their way.
#include <pthread.h>
#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER, after = PTHREAD_MUTEX_INITIALIZER;
static sem_t touching, passed;
static int turn, x, y;

static void *p(void *arg)
{
    pthread_mutex_lock(&m);
    int second = turn == 1;
    turn = 2;
    pthread_mutex_unlock(&m);
    sem_post(&touching);
    if (second)
        x = 0;
    else
        y = 0;
    second = 0;
    pthread_mutex_lock(&after);
    pthread_mutex_unlock(&after);
    return arg;
}

static void *q(void *arg)
{
    sem_wait(&touching);
    sem_wait(&passed);
    return x ? NULL : arg;
}

static void *r(void *arg)
{
    pthread_mutex_lock(&m);
    if (turn != 2)
        turn = 1;
    pthread_mutex_unlock(&m);
    sem_post(&passed);
    return arg;
}

int main(void)
{
    pthread_t t[3];
    sem_init(&touching, 0, 0);
    sem_init(&passed, 0, 0);
    pthread_create(&t[0], NULL, p, NULL);
    pthread_create(&t[1], NULL, q, NULL);
    pthread_create(&t[2], NULL, r, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    return 0;
}

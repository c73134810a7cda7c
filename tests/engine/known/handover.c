// Two ways to one state, and only one of them ends in a race: if r takes the lock after p, it hands what p did on to q; if it takes
// it before p, nothing does, and q reads x unordered. Memory is the same.
#include <pthread.h>
#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t begun, passed;
static int x;

static void *p(void *arg)
{
    pthread_mutex_lock(&m);
    sem_post(&begun);
    x = 1;
    pthread_mutex_unlock(&m);
    return arg;
}

static void *q(void *arg)
{
    sem_wait(&begun);
    sem_wait(&passed);
    return x ? arg : NULL;
}

static void *r(void *arg)
{
    pthread_mutex_lock(&m);
    pthread_mutex_unlock(&m);
    sem_post(&passed);
    return arg;
}

int main(void)
{
    pthread_t t[3];
    sem_init(&begun, 0, 0);
    sem_init(&passed, 0, 0);
    pthread_create(&t[0], NULL, p, NULL);
    pthread_create(&t[1], NULL, q, NULL);
    pthread_create(&t[2], NULL, r, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    return 0;
}

// expect: wrong exit_status; preemptions <= 1
// Who is cancelled in a wait has the lock again, and that is a step of its own: the token of a failure after it holds.
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static sem_t waits, goes_on;
static int flag;

static void tell(void *arg)
{
    sem_post(&waits);
    sem_wait(&goes_on);
    pthread_mutex_unlock(arg);
}

static void *work(void *arg)
{
    pthread_mutex_lock(&m);
    sem_post(&waits);
    pthread_cleanup_push(tell, &m);
    do
        pthread_cond_wait(&c, &m);
    while (!flag);
    _exit(1); /* woken for nothing just before it is cancelled */
    pthread_cleanup_pop(0);
    return arg;
}

int main(void)
{
    sem_init(&waits, 0, 0);
    sem_init(&goes_on, 0, 0);
    for (int i = 0; i < 2; i++) {
        pthread_t t;
        flag = 0;
        pthread_create(&t, NULL, work, NULL);
        sem_wait(&waits);
        pthread_mutex_lock(&m);
        flag = i;
        pthread_cancel(t);
        pthread_mutex_unlock(&m);
        sem_wait(&waits);
        sem_post(&goes_on);
        pthread_join(t, NULL);
    }
    return 0;
}

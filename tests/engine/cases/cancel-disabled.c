// expect: pass none; complete
// While cancellation is off the work is finished; it ends at the first point after.
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

static sem_t s, begun;
static int done, after;

static void *work(void *arg)
{
    int old;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
    sem_post(&begun);
    sleep(1);
    done = old == PTHREAD_CANCEL_ENABLE;
    sem_wait(&s);
    pthread_setcancelstate(old, NULL);
    sem_wait(&s);
    after = 1;
    return arg;
}

int main(void)
{
    pthread_t t;
    void *r;
    sem_init(&s, 0, 0);
    sem_init(&begun, 0, 0);
    pthread_create(&t, NULL, work, NULL);
    sem_wait(&begun);
    pthread_cancel(t);
    sem_post(&s);
    pthread_join(t, &r);
    return r != PTHREAD_CANCELED || !done || after;
}

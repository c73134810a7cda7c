// expect: spin livelock
// The poller waits for what nobody will ever write.
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>

static sem_t s;
static int ready;

static int is_ready(void)
{
    sem_wait(&s);
    int r = ready;
    sem_post(&s);
    return r;
}

static void *work(void *arg)
{
    sem_wait(&s);
    ready = 0;
    sem_post(&s);
    return arg;
}

int main(void)
{
    pthread_t t;
    sem_init(&s, 0, 1);
    pthread_create(&t, NULL, work, NULL);
    while (!is_ready())
        sched_yield();
    pthread_join(t, NULL);
    return 0;
}

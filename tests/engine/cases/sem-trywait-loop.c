// expect: pass none; complete
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>

static sem_t s;
static int n;

static void *work(void *arg)
{
    while (sem_trywait(&s) != 0) {
        if (errno != EAGAIN)
            return (void *)1;
        sched_yield();
    }
    n++;
    sem_post(&s);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    void *ra, *rb;
    sem_init(&s, 0, 1);
    pthread_create(&a, NULL, work, NULL);
    pthread_create(&b, NULL, work, NULL);
    pthread_join(a, &ra);
    pthread_join(b, &rb);
    return ra || rb || n != 2;
}

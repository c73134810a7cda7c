// expect: pass none; complete
// A thread that waits in join can be cancelled, and who it waited for can be joined by another.
#include <pthread.h>
#include <semaphore.h>

static pthread_t inner;
static sem_t go;

static void *sleeper(void *arg)
{
    sem_wait(&go);
    return arg;
}

static void *joiner(void *arg)
{
    pthread_join(inner, NULL);
    return arg;
}

int main(void)
{
    pthread_t t;
    void *r;
    sem_init(&go, 0, 0);
    pthread_create(&inner, NULL, sleeper, NULL);
    pthread_create(&t, NULL, joiner, NULL);
    pthread_cancel(t);
    pthread_join(t, &r);
    sem_post(&go);
    pthread_join(inner, NULL);
    return r != PTHREAD_CANCELED;
}

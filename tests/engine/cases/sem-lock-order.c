// expect: deadlock
// The consumer waits for an item inside the lock the producer needs.
#include <pthread.h>
#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t items;
static int shelf;

static void *produce(void *arg)
{
    pthread_mutex_lock(&m);
    shelf++;
    pthread_mutex_unlock(&m);
    sem_post(&items);
    return arg;
}

int main(void)
{
    pthread_t t;
    sem_init(&items, 0, 0);
    pthread_create(&t, NULL, produce, NULL);
    pthread_mutex_lock(&m);
    sem_wait(&items);
    shelf--;
    pthread_mutex_unlock(&m);
    pthread_join(t, NULL);
    return 0;
}

// expect: deadlock
// A second reader waits behind the writer, the writer behind the first reader, and that one waits for the second.
#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
static sem_t seen;

static void *second(void *arg)
{
    pthread_rwlock_rdlock(&lock);
    sem_post(&seen);
    pthread_rwlock_unlock(&lock);
    return arg;
}

static void *writer(void *arg)
{
    pthread_rwlock_wrlock(&lock);
    pthread_rwlock_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t t, u;
    sem_init(&seen, 0, 0);
    pthread_rwlock_rdlock(&lock);
    pthread_create(&t, NULL, writer, NULL);
    pthread_create(&u, NULL, second, NULL);
    sem_wait(&seen);
    pthread_rwlock_unlock(&lock);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return 0;
}

#include <pthread.h>
#include <semaphore.h>

static pthread_mutex_t till = PTHREAD_MUTEX_INITIALIZER;
static sem_t change;

static void *customer(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&till);
    sem_wait(&change);
    pthread_mutex_unlock(&till);
    return NULL;
}

static void *owner(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&till);
    sem_post(&change);
    pthread_mutex_unlock(&till);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    sem_init(&change, 0, 0);
    pthread_create(&a, NULL, customer, NULL);
    pthread_create(&b, NULL, owner, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}

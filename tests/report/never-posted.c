#include <pthread.h>
#include <semaphore.h>

static sem_t items;
static int n;

static void *consume(void *arg)
{
    (void)arg;
    sem_wait(&items);
    sem_wait(&items);
    n--;
    return NULL;
}

int main(void)
{
    pthread_t t;
    sem_init(&items, 0, 0);
    pthread_create(&t, NULL, consume, NULL);
    n++;
    sem_post(&items);
    pthread_join(t, NULL);
    return 0;
}

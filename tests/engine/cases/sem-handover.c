// expect: pass none; complete
// A ring of two places: what is handed over by a semaphore needs no lock.
#include <pthread.h>
#include <semaphore.h>

static sem_t room, items;
static int ring[2];

static void *produce(void *arg)
{
    for (int i = 0; i < 3; i++) {
        sem_wait(&room);
        ring[i % 2] = i + 1;
        sem_post(&items);
    }
    return arg;
}

int main(void)
{
    pthread_t t;
    int sum = 0;
    sem_init(&room, 0, 2);
    sem_init(&items, 0, 0);
    pthread_create(&t, NULL, produce, NULL);
    for (int i = 0; i < 3; i++) {
        sem_wait(&items);
        sum += ring[i % 2];
        sem_post(&room);
    }
    pthread_join(t, NULL);
    sem_destroy(&room);
    sem_destroy(&items);
    return sum != 6;
}

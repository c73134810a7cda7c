/* One shelf with room for one cup. P takes its tokens in one order, C in the other. */
#include <pthread.h>
#include <semaphore.h>

static sem_t empty; /* room on the shelf: 1 */
static sem_t full;  /* cups on the shelf: 0 */
static sem_t mutex; /* may touch the shelf: 1 */
static int cups;

void *put(void *arg)
{
    sem_wait(&empty);
    sem_wait(&mutex);
    cups++;
    sem_post(&mutex);
    sem_post(&full);
    return arg;
}

void *get(void *arg)
{
    sem_wait(&mutex);
    sem_wait(&full);
    cups--;
    sem_post(&mutex);
    sem_post(&empty);
    return arg;
}

int main(void)
{
    pthread_t p, c;
    sem_init(&empty, 0, 1);
    sem_init(&full, 0, 0);
    sem_init(&mutex, 0, 1);
    pthread_create(&p, NULL, put, NULL);
    pthread_create(&c, NULL, get, NULL);
    pthread_join(p, NULL);
    pthread_join(c, NULL);
    return 0;
}

/* One shelf with room for one cup. P takes its tokens in one order, C in the other. */
#include <pthread.h>
#include <semaphore.h>

static sem_t room;  /* for a cup: 1 */
static sem_t ready; /* cups that are there: 0 */
static sem_t shelf; /* who may touch it: 1 */
static int cups;

void *put(void *arg)
{
    sem_wait(&room);
    sem_wait(&shelf);
    cups++;
    sem_post(&shelf);
    sem_post(&ready);
    return arg;
}

void *get(void *arg)
{
    sem_wait(&shelf);
    sem_wait(&ready);
    cups--;
    sem_post(&shelf);
    sem_post(&room);
    return arg;
}

int main(void)
{
    pthread_t p, c;
    sem_init(&room, 0, 1);
    sem_init(&ready, 0, 0);
    sem_init(&shelf, 0, 1);
    pthread_create(&p, NULL, put, NULL);
    pthread_create(&c, NULL, get, NULL);
    pthread_join(p, NULL);
    pthread_join(c, NULL);
    return 0;
}

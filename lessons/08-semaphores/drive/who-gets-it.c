/* Two posts, one wait: how many tokens are left, whoever comes first? */
#include <pthread.h>
#include <semaphore.h>

static sem_t box;
static int left;

void *giver(void *arg)
{
    sem_post(&box);
    sem_post(&box);
    return arg;
}

void *taker(void *arg)
{
    sem_wait(&box);
    return arg;
}

int main(void)
{
    pthread_t g, t;
    sem_init(&box, 0, 0);
    pthread_create(&g, NULL, giver, NULL);
    pthread_create(&t, NULL, taker, NULL);
    pthread_join(g, NULL);
    pthread_join(t, NULL);
    sem_getvalue(&box, &left);
    return 0;
}

/* Each customer leaves a token, the barber takes one. Nobody looks first: a token is remembered. */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

static atomic_int waiting; /* customers on the chairs */
static sem_t nap;          /* a token for each customer who came */

void *barber(void *arg)
{
    sem_wait(&nap);
    waiting--;
    return arg;
}

void *customer(void *arg)
{
    waiting++;
    sem_post(&nap);
    return arg;
}

int main(void)
{
    pthread_t b, c;
    sem_init(&nap, 0, 0);
    pthread_create(&b, NULL, barber, NULL);
    pthread_create(&c, NULL, customer, NULL);
    pthread_join(b, NULL);
    pthread_join(c, NULL);
    return 0;
}

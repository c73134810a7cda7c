/* A shop without a shopkeeper's sense: the barber looks, then sleeps; the customer looks, then sits.
 * The nap and the chair are semaphores, `waiting` and `sleeping` are single steps each. */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

static atomic_int waiting;  /* customers on the chairs */
static atomic_int sleeping; /* 1: the barber has lain down */
static sem_t nap;           /* a token wakes the barber */

void *barber(void *arg)
{
    if (waiting == 0) {
        sleeping = 1;
        sem_wait(&nap);
    }
    return arg;
}

void *customer(void *arg)
{
    waiting++;
    if (sleeping)
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

/* A customer orders while the shop is being closed. `stopping` is looked at without a lock. */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

static atomic_int stopping, queued, accepted, done;
static sem_t news; /* wakes the worker */

void *customer(void *arg)
{
    if (stopping) // 1 step
        return arg; // rejected
    queued = 1;      // 1 step
    sem_post(&news); // 1 step
    accepted = 1;    // 1 step
    return arg;
}

void *manager(void *arg)
{
    stopping = 1;    // 1 step
    sem_post(&news); // 1 step
    return arg;
}

void *worker(void *arg)
{
    sem_wait(&news); // 1 step
    if (queued)      // 1 step
        done = 1;    // 1 step
    return arg; // nothing to do: it was closing time
}

int main(void)
{
    pthread_t c, m, w;
    sem_init(&news, 0, 0);
    pthread_create(&c, NULL, customer, NULL);
    pthread_create(&m, NULL, manager, NULL);
    pthread_create(&w, NULL, worker, NULL);
    pthread_join(c, NULL);
    pthread_join(m, NULL);
    pthread_join(w, NULL);
    return 0;
}

/* A customer orders while the shop is being closed. To look at `stopping` and to queue is one section. */
#include <pthread.h>
#include <semaphore.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int stopping, queued; /* under the lock */
static int accepted, done;
static sem_t news; /* wakes the worker */

void *customer(void *arg)
{
    pthread_mutex_lock(&lock);
    if (!stopping) {
        queued = 1;
        sem_post(&news);
        accepted = 1;
    }
    pthread_mutex_unlock(&lock);
    return arg;
}

void *manager(void *arg)
{
    pthread_mutex_lock(&lock);
    stopping = 1;
    pthread_mutex_unlock(&lock);
    sem_post(&news);
    return arg;
}

void *worker(void *arg)
{
    sem_wait(&news);
    pthread_mutex_lock(&lock);
    if (queued)
        done = 1;
    pthread_mutex_unlock(&lock);
    return arg;
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

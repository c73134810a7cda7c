/* The repaired form of all-asleep: a waiting room for each of the two things one can wait for. */
#include <pthread.h>
#include <stdbool.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t room = PTHREAD_COND_INITIALIZER; /* the cook waits here */
static pthread_cond_t cup = PTHREAD_COND_INITIALIZER;  /* the customers wait here */
static bool full;

static void put(void)
{
    pthread_mutex_lock(&lock);
    while (full)
        pthread_cond_wait(&room, &lock);
    full = true;
    pthread_cond_signal(&cup);
    pthread_mutex_unlock(&lock);
}

static void take(void)
{
    pthread_mutex_lock(&lock);
    while (!full)
        pthread_cond_wait(&cup, &lock);
    full = false;
    pthread_cond_signal(&room);
    pthread_mutex_unlock(&lock);
}

void *cook(void *arg)
{
    put();
    put();
    return arg;
}

void *customer(void *arg)
{
    take();
    return arg;
}

int main(void)
{
    pthread_t c1, c2, p;
    pthread_create(&c1, NULL, customer, NULL);
    pthread_create(&c2, NULL, customer, NULL);
    pthread_create(&p, NULL, cook, NULL);
    pthread_join(p, NULL);
    pthread_join(c1, NULL);
    pthread_join(c2, NULL);
    return 0;
}

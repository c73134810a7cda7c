/* A shelf for one cup. Cook and customers wait in the same room: whom will a signal wake? */
#include <pthread.h>
#include <stdbool.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER; /* for everybody */
static bool full;

// region: shelf
static void put(void)
{
    pthread_mutex_lock(&lock);
    while (full)
        pthread_cond_wait(&changed, &lock);
    full = true;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
}

static void take(void)
{
    pthread_mutex_lock(&lock);
    while (!full)
        pthread_cond_wait(&changed, &lock);
    full = false;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
}
// endregion

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

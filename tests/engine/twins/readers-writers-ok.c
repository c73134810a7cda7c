// expect: pass none; complete
// Readers and writers from a mutex and a condition.
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t free_again = PTHREAD_COND_INITIALIZER;
static int readers, writing;
static int inside_reading, inside_writing;
static pthread_mutex_t watch = PTHREAD_MUTEX_INITIALIZER;

static void note(int *what, int by)
{
    pthread_mutex_lock(&watch);
    *what += by;
    assert(inside_writing <= 1);
    assert(inside_writing == 0 || inside_reading == 0);
    pthread_mutex_unlock(&watch);
}

static void *reader(void *arg)
{
    pthread_mutex_lock(&m);
    while (writing)
        pthread_cond_wait(&free_again, &m);
    readers++;
    pthread_mutex_unlock(&m);

    note(&inside_reading, 1);
    note(&inside_reading, -1);

    pthread_mutex_lock(&m);
    if (--readers == 0)
        pthread_cond_broadcast(&free_again);
    pthread_mutex_unlock(&m);
    return arg;
}

static void *writer(void *arg)
{
    pthread_mutex_lock(&m);
    while (writing || readers > 0)
        pthread_cond_wait(&free_again, &m);
    writing = 1;
    pthread_mutex_unlock(&m);

    note(&inside_writing, 1);
    note(&inside_writing, -1);

    pthread_mutex_lock(&m);
    writing = 0;
    pthread_cond_broadcast(&free_again);
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t[3];
    pthread_create(&t[0], NULL, reader, NULL);
    pthread_create(&t[1], NULL, writer, NULL);
    pthread_create(&t[2], NULL, reader, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    return 0;
}

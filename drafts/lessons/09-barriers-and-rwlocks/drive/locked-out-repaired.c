/* A read-write lock that lets a reader in unless the writer waits. Two readers come again and again, one
 * writer wants to change the price. */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* protects: readers, reads, asked, written */
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int readers; /* inside */
static int reads;   /* readings that ended while the writer waited */
static int asked;   /* 1: the writer waits */
static int written; /* 1: the writer had his turn */

static void enter(void)
{
    pthread_mutex_lock(&lock);
    while (asked)
        pthread_cond_wait(&changed, &lock);
    readers++;
    pthread_mutex_unlock(&lock);
}

static void leave(void)
{
    pthread_mutex_lock(&lock);
    readers--;
    reads += asked;
    if (readers == 0)
        pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

void *reader(void *arg)
{
    for (int i = 0; i < 2; i++) {
        enter();
        leave();
    }
    return arg;
}

void *writer(void *arg)
{
    pthread_mutex_lock(&lock);
    asked = 1;
    while (readers > 0)
        pthread_cond_wait(&changed, &lock);
    written = 1;
    asked = 0;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t r, s, w;
    pthread_create(&r, NULL, reader, NULL);
    pthread_create(&s, NULL, reader, NULL);
    pthread_create(&w, NULL, writer, NULL);
    pthread_join(r, NULL);
    pthread_join(s, NULL);
    pthread_join(w, NULL);
    return 0;
}

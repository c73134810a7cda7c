/* A read-write lock that lets a reader in whenever no writer is inside. A reads twice and B once, and a writer wants
 * to change the price. */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* protects everything below */
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int readers; /* inside */
static int asked;   /* 1: the writer waits */
static int passed;  /* readings that ended while he waited */
static int empty;   /* times that the room was empty meanwhile */

static void enter(void)
{
    pthread_mutex_lock(&lock);
    readers++;
    pthread_mutex_unlock(&lock);
}

static void leave(void)
{
    pthread_mutex_lock(&lock);
    readers--;
    if (asked)
        passed++;
    if (asked && readers == 0) {
        empty++;
        pthread_cond_signal(&changed);
    }
    pthread_mutex_unlock(&lock);
}

void *once(void *arg)
{
    enter();
    leave();
    return arg;
}

void *twice(void *arg)
{
    once(NULL);
    once(NULL);
    return arg;
}

void *writer(void *arg)
{
    pthread_mutex_lock(&lock);
    asked = 1;
    while (readers > 0)
        pthread_cond_wait(&changed, &lock);
    asked = 0; /* and here he writes */
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t a, b, w;
    pthread_create(&a, NULL, twice, NULL);
    pthread_create(&b, NULL, once, NULL);
    pthread_create(&w, NULL, writer, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    pthread_join(w, NULL);
    return 0;
}

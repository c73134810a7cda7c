// `if` where `while` belongs: a woken thread finds that another was faster.
#include <assert.h>
#include <pthread.h>

#ifdef FIXED
#define UNTIL while
#else
#define UNTIL if
#endif

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t some = PTHREAD_COND_INITIALIZER;
static int items;

static void *take(void *arg)
{
    pthread_mutex_lock(&m);
    UNTIL (items == 0)
        pthread_cond_wait(&some, &m);
    assert(items > 0);
    items--;
    pthread_mutex_unlock(&m);
    return arg;
}

static void *put(void *arg)
{
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&m);
        items++;
        pthread_cond_signal(&some);
        pthread_mutex_unlock(&m);
    }
    return arg;
}

int main(void)
{
    pthread_t a, b, c;
    pthread_create(&a, NULL, take, NULL);
    pthread_create(&b, NULL, take, NULL);
    pthread_create(&c, NULL, put, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    pthread_join(c, NULL);
    return 0;
}

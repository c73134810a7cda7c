// expect: deadlock no_signal; preemptions == 1
// A signal wakes one of them.
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t opened = PTHREAD_COND_INITIALIZER;
static int open;

static void *visit(void *arg)
{
    pthread_mutex_lock(&m);
    while (!open)
        pthread_cond_wait(&opened, &m);
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_create(&t, NULL, visit, NULL);
    pthread_create(&u, NULL, visit, NULL);
    pthread_mutex_lock(&m);
    open = 1;
    pthread_cond_signal(&opened);
    pthread_mutex_unlock(&m);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return 0;
}

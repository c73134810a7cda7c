/* A barrier for two that knows no rounds: the one that was woken finds the count of the next round. */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_here = PTHREAD_COND_INITIALIZER;
static int arrived;

static void meet(void)
{
    pthread_mutex_lock(&lock);
    if (++arrived == 2) {
        arrived = 0;
        pthread_cond_broadcast(&all_here);
    }
    while (arrived != 0)
        pthread_cond_wait(&all_here, &lock);
    pthread_mutex_unlock(&lock);
}

static void *helper(void *arg)
{
    meet();
    meet();
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, helper, NULL);
    pthread_create(&b, NULL, helper, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}

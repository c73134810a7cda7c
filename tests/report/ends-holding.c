#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *close_shop(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, close_shop, NULL);
    pthread_join(t, NULL);
    return 0;
}

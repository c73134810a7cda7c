// main does not wait: its return ends a thread in the middle of its work.
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int saved;

static void *save(void *arg)
{
    pthread_mutex_lock(&m);
    saved = 1;
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, save, NULL);
#ifdef FIXED
    pthread_join(t, NULL);
    return !saved;
#else
    return 0;
#endif
}

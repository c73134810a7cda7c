// expect: crash use_after_free
// The argument is freed right after create: the thread may not have looked yet.
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *work(void *arg)
{
    pthread_mutex_lock(&m);
    int n = *(int *)arg;
    pthread_mutex_unlock(&m);
    return n ? NULL : NULL;
}

int main(void)
{
    pthread_t t;
    int *n = malloc(sizeof *n);
    *n = 3;
    pthread_create(&t, NULL, work, n);
    free(n);
    pthread_join(t, NULL);
    return 0;
}

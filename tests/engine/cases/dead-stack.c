// expect: crash dead_stack
// The address of a local goes to a thread that outlives the function.
#include <pthread.h>

static pthread_t t;

static void *look(void *arg)
{
    int *n = arg;
    return *n ? arg : NULL;
}

static void start(void)
{
    int n = 7;
    pthread_create(&t, NULL, look, &n);
}

int main(void)
{
    pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&m);
    start();
    pthread_mutex_unlock(&m);
    pthread_join(t, NULL);
    return 0;
}

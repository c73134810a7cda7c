// expect: deadlock
// main joins the thread that joins main.
#include <pthread.h>

static pthread_t first;

static void *wait_for_main(void *arg)
{
    pthread_join(first, NULL);
    return arg;
}

int main(void)
{
    pthread_t t;
    first = pthread_self();
    pthread_create(&t, NULL, wait_for_main, NULL);
    pthread_join(t, NULL);
    return 0;
}

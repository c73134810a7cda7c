// expect: pass none; complete
// main leaves by pthread_exit, and another thread joins it: legal.
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
    pthread_detach(t);
    pthread_exit(NULL);
}

// expect: pass none; complete
#include <pthread.h>

static void *work(void *arg)
{
    for (;;)
        pthread_testcancel();
    return arg;
}

int main(void)
{
    pthread_t t;
    void *r;
    pthread_create(&t, NULL, work, NULL);
    pthread_cancel(t);
    pthread_join(t, &r);
    return r != PTHREAD_CANCELED;
}

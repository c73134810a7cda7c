// expect: wrong
// Whether it is cancelled before or after its work is not for the canceller to say.
#include <pthread.h>
#include <unistd.h>

static void *work(void *arg)
{
    sleep(1);
    return arg;
}

int main(void)
{
    pthread_t t;
    void *r;
    pthread_create(&t, NULL, work, NULL);
    sleep(1);
    pthread_cancel(t);
    pthread_join(t, &r);
    return r != PTHREAD_CANCELED;
}

// expect: race data_race
// Sleeping longer than the other thread is not waiting for it.
#include <pthread.h>
#include <unistd.h>

static int result;

static void *work(void *arg)
{
    sleep(1);
    result = 42;
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, work, NULL);
    pthread_detach(t);
    sleep(2);
    return result != 42;
}

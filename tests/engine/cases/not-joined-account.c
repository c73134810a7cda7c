// expect: wrong assert; preemptions <= 1
// main checks the balance without waiting for the thread that changes it.
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int balance = 100;

static void *deposit(void *arg)
{
    pthread_mutex_lock(&m);
    balance += 50;
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, deposit, NULL);
    pthread_detach(t);
    pthread_mutex_lock(&m);
    assert(balance == 150);
    pthread_mutex_unlock(&m);
    return 0;
}

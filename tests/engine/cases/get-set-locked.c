// expect: wrong assert; preemptions == 1
// Every access is locked, the sequence is not: no data race, wrong all the same.
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int balance;

static int get(void)
{
    pthread_mutex_lock(&lock);
    int b = balance;
    pthread_mutex_unlock(&lock);
    return b;
}

static void set(int b)
{
    pthread_mutex_lock(&lock);
    balance = b;
    pthread_mutex_unlock(&lock);
}

static void *deposit(void *arg)
{
    set(get() + 10);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, deposit, NULL);
    pthread_create(&b, NULL, deposit, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    assert(get() == 20);
    return 0;
}

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int stock = 1;

static int get(void)
{
    pthread_mutex_lock(&lock);
    int n = stock;
    pthread_mutex_unlock(&lock);
    return n;
}

static void set(int n)
{
    pthread_mutex_lock(&lock);
    stock = n;
    pthread_mutex_unlock(&lock);
}

static void *buy(void *arg)
{
    (void)arg;
    if (get() > 0)
        set(get() - 1);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, buy, NULL);
    pthread_create(&b, NULL, buy, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return stock < 0;
}

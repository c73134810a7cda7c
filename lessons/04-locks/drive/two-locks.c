/* Five cups. A helper adds a cup with lock m1, a customer takes one with lock m2. */
#include <pthread.h>

static int c = 5; /* cups on the shelf */
static pthread_mutex_t m1 = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m2 = PTHREAD_MUTEX_INITIALIZER;

void *restock(void *arg)
{
    pthread_mutex_lock(&m1);
    c++;
    pthread_mutex_unlock(&m1);
    return arg;
}

void *sell(void *arg)
{
    pthread_mutex_lock(&m2);
    c--;
    pthread_mutex_unlock(&m2);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, restock, NULL);
    pthread_create(&b, NULL, sell, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}

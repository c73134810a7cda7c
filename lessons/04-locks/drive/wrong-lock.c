/* restock takes lock m1, bring_back takes lock m2, and both change c. */
#include <pthread.h>

static int c; /* cups on the shelf */
static pthread_mutex_t m1 = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m2 = PTHREAD_MUTEX_INITIALIZER;

void *restock(void *arg)
{
    pthread_mutex_lock(&m1);
    c++; // read c, write c
    pthread_mutex_unlock(&m1);
    return arg;
}

void *bring_back(void *arg)
{
    pthread_mutex_lock(&m2);
    c++; // read c, write c
    pthread_mutex_unlock(&m2);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, restock, NULL);
    pthread_create(&b, NULL, bring_back, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}

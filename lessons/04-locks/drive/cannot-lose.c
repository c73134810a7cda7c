/* One lock for c, and everybody takes it. */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER; /* protects: c */
static int c;                                         /* cups on the shelf */

void *restock(void *arg)
{
    pthread_mutex_lock(&m);
    c++; // read c, write c
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, restock, NULL);
    pthread_create(&b, NULL, restock, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}

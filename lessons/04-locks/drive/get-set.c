/* Reading is locked, writing is locked. Is adding one? */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER; /* protects: c */
static int c;                                         /* cups on the shelf */

static int get(void)
{
    pthread_mutex_lock(&m);
    int cups = c;
    pthread_mutex_unlock(&m);
    return cups;
}

static void set(int cups)
{
    pthread_mutex_lock(&m);
    c = cups;
    pthread_mutex_unlock(&m);
}

void *restock(void *arg)
{
    set(get() + 1);
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

#include <pthread.h>
static pthread_mutex_t lock_a = PTHREAD_MUTEX_INITIALIZER, lock_b = PTHREAD_MUTEX_INITIALIZER;
static int x;
static void *one(void *p)
{
    pthread_mutex_lock(&lock_a);
    pthread_mutex_lock(&lock_b);
    x++;
    pthread_mutex_unlock(&lock_b);
    pthread_mutex_unlock(&lock_a);
    return p;
}
static void *two(void *p)
{
    pthread_mutex_lock(&lock_b);
    pthread_mutex_lock(&lock_a);
    x++;
    pthread_mutex_unlock(&lock_a);
    pthread_mutex_unlock(&lock_b);
    return p;
}
int main(void) { pthread_t a, b; pthread_create(&a, 0, one, 0); pthread_create(&b, 0, two, 0); pthread_join(a, 0); pthread_join(b, 0); return 0; }

#include <pthread.h>

static pthread_mutex_t in_lock = PTHREAD_MUTEX_INITIALIZER, out_lock = PTHREAD_MUTEX_INITIALIZER;
static struct { int in, out, count; } stats;

static void *enter(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&in_lock);
    stats.count++;
    pthread_mutex_unlock(&in_lock);
    return NULL;
}

static void *leave(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&out_lock);
    stats.count--;
    pthread_mutex_unlock(&out_lock);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, enter, NULL);
    pthread_create(&b, NULL, leave, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return stats.count != 0;
}

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cooked = PTHREAD_COND_INITIALIZER;
static int ready;

static void *cook(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&lock);
    ready = 1;
    pthread_mutex_unlock(&lock);
    pthread_cond_signal(&cooked);
    return NULL;
}

static void *guest(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&lock);
    int hungry = !ready;
    pthread_mutex_unlock(&lock);
    if (hungry) {
        pthread_mutex_lock(&lock);
        pthread_cond_wait(&cooked, &lock);
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

int main(void)
{
    pthread_t c, g;
    pthread_create(&g, NULL, guest, NULL);
    pthread_create(&c, NULL, cook, NULL);
    pthread_join(g, NULL);
    pthread_join(c, NULL);
    return 0;
}

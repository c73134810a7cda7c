/* The signal came first, but that is not what is wrong: whoever looks after it finds that the chairs are taken, for they
 * are never given back. */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int taken;

static void *guest(void *arg)
{
    pthread_mutex_lock(&lock);
    while (taken > 0)
        pthread_cond_wait(&changed, &lock);
    taken++;
    pthread_mutex_unlock(&lock);

    pthread_mutex_lock(&lock);
    pthread_cond_signal(&changed); /* without taken-- */
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, guest, NULL);
    pthread_create(&b, NULL, guest, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}

/* As lost-wakeup, but now the cook takes the lock. The waiter still looks before it has the lock. */
#include <pthread.h>
#include <stdbool.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t tea = PTHREAD_COND_INITIALIZER;
static bool ready;

void *waiter(void *arg)
{
    if (!ready) {
        pthread_mutex_lock(&lock);
        pthread_cond_wait(&tea, &lock);
        pthread_mutex_unlock(&lock);
    }
    return arg;
}

void *cook(void *arg)
{
    pthread_mutex_lock(&lock);
    ready = true;
    pthread_cond_signal(&tea);
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t w, c;
    pthread_create(&w, NULL, waiter, NULL);
    pthread_create(&c, NULL, cook, NULL);
    pthread_join(w, NULL);
    pthread_join(c, NULL);
    return 0;
}

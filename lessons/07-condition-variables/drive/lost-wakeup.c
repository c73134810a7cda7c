/* A waiter looks whether the tea is ready, and goes to sleep if it is not. The cook makes it ready, and signals. */
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
    ready = true;
    pthread_cond_signal(&tea);
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

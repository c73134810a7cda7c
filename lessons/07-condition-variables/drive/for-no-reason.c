/* One customer, one cup, one cook. The customer waits with if; the wait may return without a signal. */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cup_came = PTHREAD_COND_INITIALIZER;
static int cups;

void *customer(void *arg)
{
    pthread_mutex_lock(&lock);
    if (cups == 0)
        pthread_cond_wait(&cup_came, &lock);
    cups--;
    pthread_mutex_unlock(&lock);
    return arg;
}

void *cook(void *arg)
{
    pthread_mutex_lock(&lock);
    cups++;
    pthread_cond_signal(&cup_came);
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t c, p;
    pthread_create(&c, NULL, customer, NULL);
    pthread_create(&p, NULL, cook, NULL);
    pthread_join(p, NULL);
    pthread_join(c, NULL);
    return 0;
}

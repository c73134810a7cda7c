/* Two customers, one cup. Whoever finds the counter empty waits; whoever was woken takes. */
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
    pthread_t c1, c2, p;
    pthread_create(&c1, NULL, customer, NULL);
    pthread_create(&c2, NULL, customer, NULL);
    pthread_create(&p, NULL, cook, NULL);
    pthread_join(p, NULL);
    pthread_join(c1, NULL);
    pthread_join(c2, NULL);
    return 0;
}

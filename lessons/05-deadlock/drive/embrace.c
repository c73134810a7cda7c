/* Spoon first, or sieve first? */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t spoon = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t sieve = PTHREAD_MUTEX_INITIALIZER;

void *brew(void *arg)
{
    pthread_mutex_lock(&spoon);
    puts("I have the spoon");
    pthread_mutex_lock(&sieve);
    puts("I have both");
    pthread_mutex_unlock(&sieve);
    pthread_mutex_unlock(&spoon);
    return arg;
}

void *clean(void *arg)
{
    pthread_mutex_lock(&sieve);
    puts("I have the sieve");
    pthread_mutex_lock(&spoon);
    puts("I have both");
    pthread_mutex_unlock(&spoon);
    pthread_mutex_unlock(&sieve);
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, brew, NULL);
    pthread_create(&b, NULL, clean, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}

/* snippets: pieces for the pages and questions of this lesson. main() runs those that come back. */
#include <pthread.h>
#include <stdio.h>

/* region: tasks */
static pthread_mutex_t spoon = PTHREAD_MUTEX_INITIALIZER; //= 1
static pthread_mutex_t sieve = PTHREAD_MUTEX_INITIALIZER; //= 2
static void *brew(void *arg) //= 3
{
    pthread_mutex_lock(&spoon); //= 4
    pthread_mutex_lock(&sieve); //= 5
    printf("brewed\n"); //= 6
    pthread_mutex_unlock(&sieve);
    pthread_mutex_unlock(&spoon);
    return arg;
}
static void *clean(void *arg) //= 7
{
    pthread_mutex_lock(&sieve); //= 8
    pthread_mutex_lock(&spoon); //= 9
    printf("cleaned\n"); //= 10
    pthread_mutex_unlock(&spoon);
    pthread_mutex_unlock(&sieve);
    return arg;
}
/* endregion */

static int cups = 3;

/* region: join */
static void *serve(void *arg) /* takes the spoon for a moment */
{
    pthread_mutex_lock(&spoon);
    cups--;
    pthread_mutex_unlock(&spoon);
    return arg;
}

static void close_shop(pthread_t waiter) /* runs serve */
{
    pthread_mutex_lock(&spoon);
    pthread_join(waiter, NULL);
    pthread_mutex_unlock(&spoon);
}
/* endregion */

int main(int argc, char **argv)
{
    pthread_t waiter;
    brew(NULL);
    clean(argv);
    pthread_create(&waiter, NULL, serve, NULL);
    if (argc > 1) /* this may never come back */
        close_shop(waiter);
    else
        pthread_join(waiter, NULL);
    return cups < 0;
}

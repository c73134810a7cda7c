/* A: one thread sells a cup, another one tells how many are left. */
#include "programs.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int stock = 3;

static void *sell(void *arg)
{
    pthread_mutex_lock(&lock);
    stock = stock - 1;
    pthread_mutex_unlock(&lock);
    return arg;
}

static void *tell(void *arg)
{
    printf("%d cups left\n", stock);
    return arg;
}

void program_a(void)
{
    pthread_t seller, teller;
    pthread_create(&seller, NULL, sell, NULL);
    pthread_create(&teller, NULL, tell, NULL);
    pthread_join(seller, NULL);
    pthread_join(teller, NULL);
}

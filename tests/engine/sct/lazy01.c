// Two threads add one and two to a number under a lock; the third expects that not both have been yet.
#include <assert.h>
#include <pthread.h>

#ifdef FIXED
#define MOST 3
#else
#define MOST 2
#endif

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int number;

static void *add(void *amount)
{
    pthread_mutex_lock(&m);
    number += (int)(long)amount;
    pthread_mutex_unlock(&m);
    return NULL;
}

static void *check(void *arg)
{
    pthread_mutex_lock(&m);
    assert(number <= MOST);
    pthread_mutex_unlock(&m);
    return arg;
}

int main(void)
{
    pthread_t one, two, three;
    pthread_create(&one, NULL, add, (void *)1L);
    pthread_create(&two, NULL, add, (void *)2L);
    pthread_create(&three, NULL, check, NULL);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    pthread_join(three, NULL);
    return 0;
}

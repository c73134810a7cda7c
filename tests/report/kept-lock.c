/* The function is left with its lock; the same thread comes by once more. */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int cups;

static void put(void)
{
    pthread_mutex_lock(&lock);
    cups++;
}

static int count(void)
{
    pthread_mutex_lock(&lock);
    int n = cups;
    pthread_mutex_unlock(&lock);
    return n;
}

int main(void)
{
    put();
    return count();
}

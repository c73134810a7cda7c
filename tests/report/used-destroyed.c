/* One lock for two stalls: who closes the first one destroys it, and closes the second one with it. */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int open_stalls = 2;

static void close_stall(void)
{
    pthread_mutex_lock(&lock);
    open_stalls--;
    pthread_mutex_unlock(&lock);
    pthread_mutex_destroy(&lock);
}

int main(void)
{
    close_stall();
    close_stall();
    return open_stalls;
}

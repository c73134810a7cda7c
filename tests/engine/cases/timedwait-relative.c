// expect: spin livelock
// The deadline is a moment, not a length: one second after 1970 has long passed, and the wait never waits.
#include <pthread.h>
#include <time.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int ready;

int main(void)
{
    struct timespec length = {1, 0};
    pthread_mutex_lock(&m);
    while (!ready)
        pthread_cond_timedwait(&c, &m, &length);
    pthread_mutex_unlock(&m);
    return 0;
}

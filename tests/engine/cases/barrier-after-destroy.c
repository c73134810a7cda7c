// expect: misuse destroyed_used
// Nobody may wait at what was destroyed.
#include <pthread.h>

int main(void)
{
    pthread_barrier_t b;
    pthread_barrier_init(&b, NULL, 1);
    pthread_barrier_destroy(&b);
    return pthread_barrier_wait(&b) > 0;
}

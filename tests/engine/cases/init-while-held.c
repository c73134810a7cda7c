// expect: misuse init_twice
// A lock that is held is not made anew.
#include <pthread.h>

int main(void)
{
    pthread_mutex_t m;
    pthread_mutex_init(&m, NULL);
    pthread_mutex_lock(&m);
    pthread_mutex_init(&m, NULL);
    return 0;
}

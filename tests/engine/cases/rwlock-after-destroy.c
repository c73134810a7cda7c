// expect: misuse destroyed_used
// Nobody may lock what was destroyed.
#include <pthread.h>

int main(void)
{
    pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;
    pthread_rwlock_destroy(&l);
    return pthread_rwlock_rdlock(&l);
}

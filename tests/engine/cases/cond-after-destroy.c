// expect: misuse destroyed_used
// Nobody may signal what was destroyed.
#include <pthread.h>

int main(void)
{
    pthread_cond_t c = PTHREAD_COND_INITIALIZER;
    pthread_cond_destroy(&c);
    return pthread_cond_signal(&c);
}

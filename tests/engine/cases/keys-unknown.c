// expect: misuse key_unknown
#include <pthread.h>

static pthread_key_t key;

int main(void)
{
    int x = 1;
    pthread_setspecific(key, &x);
    return 0;
}

// expect: misuse join_unknown
#include <pthread.h>

int main(void)
{
    pthread_t t = (pthread_t)12345;
    pthread_join(t, NULL);
    return 0;
}

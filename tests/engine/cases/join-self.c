// expect: misuse join_self
// A thread cannot wait for its own end.
#include <pthread.h>

int main(void)
{
    return pthread_join(pthread_self(), NULL);
}

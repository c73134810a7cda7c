// expect: misuse signal_unknown
// There is nobody to send a signal to after the join, not even signal 0.
#include <pthread.h>
#include <signal.h>

static void *work(void *arg) { return arg; }

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, work, NULL);
    pthread_join(t, NULL);
    return pthread_kill(t, 0);
}

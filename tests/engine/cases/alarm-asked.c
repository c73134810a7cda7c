// expect: wrong assert
// Whether an alarm that another thread sets is told of depends on who comes first.
#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

static void *ask(void *none)
{
    struct itimerval now;
    getitimer(ITIMER_REAL, &now);
    assert(now.it_value.tv_sec == 0);
    return none;
}

int main(void)
{
    pthread_t t;
    signal(SIGALRM, SIG_IGN);
    pthread_create(&t, NULL, ask, NULL);
    alarm(100);
    pthread_join(t, NULL);
    alarm(0);
    return 0;
}

// expect: pass none; complete
// One alarm, taken back by two threads: only one of them is told that there was one.
#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

static unsigned one, two;

static void *take_back(void *none)
{
    struct itimerval none_set = {{0, 0}, {0, 0}}, was;
    setitimer(ITIMER_REAL, &none_set, &was);
    one = (unsigned)was.it_value.tv_sec;
    return none;
}

int main(void)
{
    pthread_t t;
    signal(SIGALRM, SIG_IGN);
    alarm(100);
    pthread_create(&t, NULL, take_back, NULL);
    two = alarm(0);
    pthread_join(t, NULL);
    assert(one + two == 100);
    return 0;
}

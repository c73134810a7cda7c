// expect: pass none; complete
// What the mask of ppoll held back has been handled when ppoll returns; errno is the call's.
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>

static volatile sig_atomic_t came;
static pthread_t receiver;

static void handle(int sig)
{
    came += sig == SIGUSR1;
    errno = 0;
}

static void *send_both(void *none)
{
    pthread_kill(receiver, SIGUSR1);
    pthread_kill(receiver, SIGUSR2);
    return none;
}

int main(void)
{
    sigset_t two, others;
    pthread_t t;
    signal(SIGUSR1, handle);
    signal(SIGUSR2, handle);
    sigemptyset(&two);
    sigaddset(&two, SIGUSR2);
    sigfillset(&others);
    sigdelset(&others, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &two, NULL);
    receiver = pthread_self();
    pthread_create(&t, NULL, send_both, NULL);
    assert(ppoll(NULL, 0, NULL, &others) == -1 && errno == EINTR);
    assert(came == 1);
    pthread_join(t, NULL);
    return 0;
}

// expect: pass none
#include <assert.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t rang;

static void handle(int sig) { rang = sig; }

int main(void)
{
    sigset_t alrm, old;
    struct sigaction a = {.sa_handler = handle};
    sigemptyset(&a.sa_mask);
    sigaction(SIGALRM, &a, NULL);
    sigemptyset(&alrm);
    sigaddset(&alrm, SIGALRM);
    sigprocmask(SIG_BLOCK, &alrm, &old);
    alarm(1);
    while (!rang)
        sigsuspend(&old);
    return 0;
}

// expect: deadlock signal_early
// A slow thread comes to pause after its alarm.
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t rang;

static void handle(int sig) { rang = sig; }

int main(void)
{
    struct sigaction a = {.sa_handler = handle};
    sigemptyset(&a.sa_mask);
    sigaction(SIGALRM, &a, NULL);
    alarm(1);
    while (!rang)
        pause();
    return 0;
}

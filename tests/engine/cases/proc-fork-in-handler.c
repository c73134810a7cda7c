// expect: pass none; complete; runs <= 40
// A child forked by a handler is in that handler, whose frames are still its own: where other calls have theirs
// later nothing is shared.
#include <setjmp.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define BYTES 4096

static sigjmp_buf away;
static pid_t child;

static void fill(int n)
{
    char frame[BYTES], *volatile to = frame;
    for (int i = 0; i < BYTES; i++)
        to[i] = (char)n;
}

static void handle(int sig)
{
    if (sig == SIGUSR1 && (child = fork()) > 0)
        return;
    fill(sig);
    if (sig == SIGUSR1)
        siglongjmp(away, 1);
}

int main(void)
{
    signal(SIGUSR1, handle);
    signal(SIGUSR2, handle);
    if (sigsetjmp(away, 1) == 0) {
        raise(SIGUSR1);
    } else {
        fill(0);
        _exit(0);
    }
    kill(child, SIGUSR2);
    wait(NULL);
    return 0;
}

// expect: pass none
// The old way to read with a time-out: the alarm breaks the call off.
#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <unistd.h>

static void handle(int sig) { (void)sig; }

int main(void)
{
    int ends[2];
    char c;
    struct sigaction a = {.sa_handler = handle};
    struct sigaction old;
    pipe(ends);
    sigemptyset(&a.sa_mask);
    sigaction(SIGALRM, &a, &old);
    write(ends[1], "x", 1);
    alarm(5);
    assert(read(ends[0], &c, 1) == 1);
    alarm(0);
    sigaction(SIGALRM, &old, NULL);
    return 0;
}

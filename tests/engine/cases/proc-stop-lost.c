// expect: wrong assert
// The parent waits for a stop; a child that is quick enough has ended, and stopping what has ended does nothing.
#include <assert.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    siginfo_t info;
    pid_t child = fork();
    if (child == 0) {
        usleep(1000);
        _exit(0);
    }
    kill(child, SIGSTOP);
    assert(waitid(P_PID, child, &info, WSTOPPED) == 0);
    kill(child, SIGCONT);
    waitpid(child, NULL, 0);
    return 0;
}

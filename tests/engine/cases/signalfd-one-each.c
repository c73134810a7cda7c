// expect: deadlock
// Two children that end together are one signal: one wait for each read is too few.
#include <assert.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int ended = 0;
    sigset_t set;
    struct signalfd_siginfo info;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    int fd = signalfd(-1, &set, 0);
    for (int i = 0; i < 2; i++)
        if (fork() == 0)
            _exit(0);
    while (ended < 2) {
        struct pollfd p = {fd, POLLIN, 0};
        assert(poll(&p, 1, -1) == 1);
        assert(read(fd, &info, sizeof info) == sizeof info);
        if (waitpid(-1, NULL, WNOHANG) > 0)
            ended++;
    }
    close(fd);
    return 0;
}

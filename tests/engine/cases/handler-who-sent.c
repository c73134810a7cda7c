// expect: pass none; complete
// What a handler with SA_SIGINFO, sigwaitinfo and signalfd are told: who sent it, and how.
#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t sender, how, ended, status;

static void note(int sig, siginfo_t *info, void *context)
{
    (void)context;
    if (sig == SIGCHLD) {
        ended = info->si_pid;
        status = info->si_code == CLD_EXITED ? info->si_status : -1;
    } else {
        sender = info->si_pid;
        how = info->si_code;
    }
}

int main(void)
{
    struct sigaction a = {.sa_sigaction = note, .sa_flags = SA_SIGINFO};
    struct signalfd_siginfo told;
    siginfo_t info;
    sigset_t set;
    pid_t child;

    sigaction(SIGUSR1, &a, NULL);
    sigaction(SIGCHLD, &a, NULL);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR1);
    assert(sender == getpid() && how == SI_TKILL);
    if ((child = fork()) == 0) {
        kill(getppid(), SIGUSR1);
        kill(getppid(), SIGUSR2);
        _exit(7);
    }
    while (waitpid(child, NULL, 0) < 0)
        assert(errno == EINTR);
    assert(sender == child && how == SI_USER);
    assert(ended == child && status == 7);
    assert(sigwaitinfo(&set, &info) == SIGUSR2 && info.si_pid == child && info.si_code == SI_USER);
    int fd = signalfd(-1, &set, 0);
    kill(getpid(), SIGUSR2);
    assert(read(fd, &told, sizeof told) == sizeof told && told.ssi_pid == (unsigned)getpid());
    close(fd);
    return 0;
}

// expect: pass
#define _GNU_SOURCE
#include <lab/check.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

SCENARIO(core, "an aborted child leaves a core, a killed one does not", "", "")
{
    int status;
    siginfo_t info = {0};
    if (fork() == 0)
        abort();
    wait(&status);
    lab_check(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT && WCOREDUMP(status), "aborted: %x", status);
    pid_t child = fork();
    if (child == 0)
        raise(SIGKILL);
    wait(&status);
    lab_check(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL && !WCOREDUMP(status), "killed: %x", status);
    if ((child = fork()) == 0)
        raise(SIGSEGV);
    waitid(P_PID, (id_t)child, &info, WEXITED);
    lab_check(info.si_code == CLD_DUMPED && info.si_status == SIGSEGV, "faulted: %d %d", info.si_code, info.si_status);
}

// expect: misuse unsafe_in_child
#include <lab/check.h>
#include <stdio.h>
#include <unistd.h>
#include <sys/wait.h>

static void *worker(void *arg)
{
    lab_brew(1000);
    return arg;
}

SCENARIO(strict, "fflush in the child of a process with threads", "M38", "12.5")
{
    lab_strict_fork();
    lab_go(worker, NULL);
    if (fork() == 0) {
        fflush(stdout);
        _exit(0);
    }
    wait(NULL);
    lab_join_all();
}

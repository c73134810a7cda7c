// expect: misuse unsafe_in_child
#include <lab/check.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void *worker(void *arg)
{
    lab_brew(1000);
    return arg;
}

SCENARIO(strict, "malloc in the child of a process with threads", "M08", "12.5")
{
    lab_strict_fork();
    free(malloc(1)); /* before, and in the parent: allowed */
    if (fork() == 0) {
        free(malloc(1)); /* no other thread yet */
        _exit(0);
    }
    wait(NULL);
    lab_go(worker, NULL);
    if (fork() == 0) {
        free(malloc(1));
        _exit(0);
    }
    wait(NULL);
    lab_join_all();
}

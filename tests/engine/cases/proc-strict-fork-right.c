// expect: pass none; complete
#include <lab/check.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void *worker(void *arg)
{
    free(malloc(1));
    return arg;
}

SCENARIO(strict, "only what is async-signal-safe", "M08", "12.5")
{
    static char *const words[] = {"echo", "tea", NULL};
    lab_strict_fork();
    lab_go(worker, NULL);
    pid_t child = fork();
    if (child == 0) {
        execvp(words[0], words);
        _exit(127);
    }
    free(malloc(1));
    waitpid(child, NULL, 0);
    lab_join_all();
}

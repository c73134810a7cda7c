// expect: pass; complete
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <lab/check.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int lines;

static void *logs(void *arg)
{
    pthread_mutex_lock(&lock);
    int *line = malloc(sizeof *line);
    *line = ++lines;
    free(line);
    pthread_mutex_unlock(&lock);
    return arg;
}

static int run(char *const words[], int log)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        dup2(log, 1);
        close(log);
        execvp(words[0], words);
        _exit(127);
    }
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

SCENARIO(tools, "tools are run while others log", "", "")
{
    char *echo[] = {"echo", "tea", NULL}, *none[] = {"no-such-tool", NULL}, text[9];
    int p[2];
    lab_exec_clean();
    pipe2(p, O_CLOEXEC);
    lab_go(logs, NULL);
    lab_check(run(echo, p[1]) == 0, "echo failed");
    lab_check(read(p[0], text, sizeof text) == 4 && memcmp(text, "tea\n", 4) == 0, "it did not print tea");
    lab_check(run(none, p[1]) == 127, "there is a tool of that name");
    lab_join_all();
    close(p[0]);
    close(p[1]);
    lab_no_children_left();
    lab_no_descriptors_left();
}

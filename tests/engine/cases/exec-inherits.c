// expect: leak fd_inherited
#include <sys/wait.h>
#include <unistd.h>
#include <lab/check.h>

SCENARIO(tools, "a tool gets a descriptor too many", "", "")
{
    int p[2];
    lab_exec_clean();
    pipe(p);
    pid_t child = fork();
    if (child == 0) {
        dup2(p[1], 1);
        close(p[0]);
        execlp("echo", "echo", "tea", (char *)NULL);
        _exit(127);
    }
    waitpid(child, NULL, 0);
}

// expect: pass none; complete
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status;
    pid_t me = getpid(), child = fork();
    if (child == 0) {
        pid_t middle = getpid();
        if (getppid() != me)
            _exit(1);
        if (fork() == 0)
            _exit(getppid() == middle && getpid() != middle ? 3 : 4);
        wait(&status);
        _exit(WEXITSTATUS(status) + 10);
    }
    if (waitpid(child, &status, WNOHANG) == 0)
        waitpid(child, &status, 0);
    return WEXITSTATUS(status) != 13 || wait(NULL) != -1;
}

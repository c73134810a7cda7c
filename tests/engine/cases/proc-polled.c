// expect: pass none; complete
// Asking again and again whether a child has ended: it waits for nothing but that.
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        sleep(1);
        _exit(3);
    }
    while (waitpid(child, &status, WNOHANG) != child)
        ;
    return WEXITSTATUS(status) != 3;
}

// expect: pass none; complete
// The same variable, but each process has its own.
#include <sys/wait.h>
#include <unistd.h>

static int cups;

int main(void)
{
    if (fork() == 0) {
        cups += 1;
        _exit(cups);
    }
    cups += 1;
    int status;
    wait(&status);
    return cups != 1 || WEXITSTATUS(status) != 1;
}

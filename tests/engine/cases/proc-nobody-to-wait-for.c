// expect: spin livelock
// A child's brother is not its child: waitpid says so at once, every time.
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status;
    pid_t first = fork();
    if (first == 0)
        _exit(0);
    pid_t second = fork();
    if (second == 0) {
        while (waitpid(first, &status, 0) < 0)
            ;
        _exit(0);
    }
    while (wait(&status) > 0)
        ;
    return 0;
}

// expect: deadlock no_sigsend
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    pid_t child = fork();
    if (child == 0)
        pause();
    waitpid(child, NULL, 0);
    return 0;
}

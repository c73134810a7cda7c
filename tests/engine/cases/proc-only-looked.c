// expect: leak zombie
// WNOWAIT only looks: nobody has waited for the child.
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    siginfo_t info;
    if (fork() == 0)
        _exit(0);
    return waitid(P_ALL, 0, &info, WEXITED | WNOWAIT);
}

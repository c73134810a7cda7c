// expect: limit limit
// A child holds a copy of all that its parent held when it was made.
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    char *big = malloc(9000000);
    big[0] = 1;
    pid_t child = fork();
    if (child == 0) {
        char *more = malloc(9000000);
        more[0] = 1;
        _exit(0);
    }
    waitpid(child, NULL, 0);
    free(big);
    return 0;
}

/* A child sells a cup. The parent looks twice: before it waits for the child, and after. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int sold;

int main(void)
{
    pid_t child = fork(); // 1 step
    if (child == 0) {
        sold++;   // 2 steps: read, write
        _exit(0); // 1 step
    }
    int before = sold;       // 1 step
    waitpid(child, NULL, 0); // 1 step
    int after = sold;        // 1 step
    printf("%d before, %d after\n", before, after); // 1 step
    return 0;                                       // 1 step
}

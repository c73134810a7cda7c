// expect: crash use_after_free
// A block that the child freed, too, is not used again early in the parent.
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    char *first = malloc(1000);
    memset(first, 1, 1000);
    pid_t child = fork();
    if (child == 0) {
        free(first);
        exit(0);
    }
    waitpid(child, NULL, 0);
    free(first);
    char *second = malloc(10);
    second[0] = 1;
    first[0] = 5;
    free(second);
    return 0;
}

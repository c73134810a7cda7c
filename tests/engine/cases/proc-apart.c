// expect: pass none; complete
// Globals, locals and heap of parent and child stay apart.
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int global = 1;

int main(void)
{
    int local = 5, status, *heap = malloc(sizeof *heap);
    *heap = 2;
    pid_t child = fork();
    if (child == 0) {
        global++;
        *heap += 10;
        local += global;
        int *more = malloc(sizeof *more);
        *more = local + *heap;
        _exit(*more);
    }
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 19)
        return 1;
    int same = global == 1 && local == 5 && *heap == 2;
    free(heap);
    return !same;
}

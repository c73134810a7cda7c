/* Three kinds of memory, and a child that adds one to each. What does the parent find afterwards? */
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int cups = 1, seen_global, seen_heap, seen_shared;

int main(void)
{
    int *heap = malloc(sizeof *heap);
    int *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (!heap || shared == MAP_FAILED)
        return 1;
    *heap = *shared = 1;
    /* region: fork */
    pid_t child = fork();
    if (child == 0) {
        cups++;
        (*heap)++;
        (*shared)++;
        _exit(0);
    }
    waitpid(child, NULL, 0);
    /* endregion */
    seen_global = cups;
    seen_heap = *heap;
    seen_shared = *shared;
    munmap(shared, sizeof *shared);
    free(heap);
    return 0;
}

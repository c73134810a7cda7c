/* The same with memory that both processes have: mapped, as shared, before the fork. */
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    atomic_int *sold = mmap(NULL, sizeof *sold, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (sold == MAP_FAILED)
        return 1;
    pid_t child = fork(); // 1 step
    if (child == 0) {
        atomic_fetch_add(sold, 1); // 1 step
        _exit(0);                  // 1 step
    }
    int before = atomic_load(sold);                 // 1 step
    waitpid(child, NULL, 0);                        // 1 step
    int after = atomic_load(sold);                  // 1 step
    printf("%d before, %d after\n", before, after); // 1 step
    return 0;                                       // 1 step
}

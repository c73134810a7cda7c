/* Two sellers, each a process, count the cups they sold in memory that both see. There is no lock. (The number is
 * atomic, so each access is one step; what both do together is not.) */
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static atomic_int *sold; /* in shared memory */

static void sell(void)
{
    int r = *sold; // 1 step
    *sold = r + 1; // 1 step
}

static void hire(void)
{
    if (fork() != 0) // 1 step
        return;
    sell();
    _exit(0); // 1 step
}

int main(void)
{
    sold = mmap(NULL, sizeof *sold, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (sold == MAP_FAILED)
        return 1;
    hire();
    hire();
    wait(NULL); // 1 step
    wait(NULL); // 1 step
    printf("%d sold\n", *sold); // 2 steps: read, print
    return 0;                    // 1 step
}

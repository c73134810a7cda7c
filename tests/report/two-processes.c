/* Two processes sell from a shelf that both have in shared memory. */
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int *cups = mmap(NULL, sizeof *cups, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    *cups = 5;
    for (int i = 0; i < 2; i++)
        if (fork() == 0) {
            *cups = *cups - 1;
            _exit(0);
        }
    while (wait(NULL) > 0)
        ;
    return *cups != 3;
}

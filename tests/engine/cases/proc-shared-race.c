// expect: race data_race
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int *cups = mmap(NULL, sizeof *cups, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (fork() == 0) {
        *cups += 1;
        _exit(0);
    }
    *cups += 1;
    wait(NULL);
    return 0;
}

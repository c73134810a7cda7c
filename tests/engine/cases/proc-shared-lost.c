// expect: race data_race; preemptions == 1
// What a race on shared memory leads to: its bytes are decisions too, in both processes.
#include <assert.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int *c = mmap(NULL, sizeof *c, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    for (int i = 0; i < 2; i++)
        if (fork() == 0) {
            *c += 1;
            _exit(0);
        }
    wait(NULL);
    wait(NULL);
    assert(*c == 2);
    return 0;
}

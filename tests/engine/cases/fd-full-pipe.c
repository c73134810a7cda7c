// expect: deadlock no_reader
#define _GNU_SOURCE
#include <fcntl.h>
#include <unistd.h>

int main(void)
{
    static char block[4096];
    int ends[2];
    if (pipe(ends) != 0 || fcntl(ends[1], F_SETPIPE_SZ, 4096) != 4096)
        return 1;
    for (int i = 0; i < 2; i++)
        if (write(ends[1], block, sizeof block) != sizeof block)
            return 1;
    return 0;
}

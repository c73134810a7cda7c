// expect: leak
#include <unistd.h>

int main(void)
{
    int ends[2];
    char c;
    if (pipe(ends) != 0)
        return 1;
    if (fork() == 0)
        _exit(0);
    close(ends[1]);
    while (read(ends[0], &c, 1) > 0)
        ;
    return 0;
}

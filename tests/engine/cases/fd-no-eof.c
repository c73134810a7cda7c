// expect: deadlock no_eof
// The reader itself keeps the write end open.
#include <unistd.h>

int main(void)
{
    int ends[2];
    char c;
    if (pipe(ends) != 0 || write(ends[1], "x", 1) != 1)
        return 1;
    while (read(ends[0], &c, 1) > 0)
        ;
    return 0;
}

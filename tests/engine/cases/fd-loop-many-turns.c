// expect: pass none; complete
/* A thousand turns at one moment, each with something to do, are no idle running. */
#include <lab/check.h>
#include <poll.h>
#include <unistd.h>

int main(void)
{
    char c;
    int end[2];
    if (pipe(end) != 0)
        return 1;
    struct pollfd p = {end[0], POLLIN, 0};
    lab_loop(100, 0);
    for (int i = 0; i < 1000; i++)
        if (write(end[1], "x", 1) != 1 || poll(&p, 1, -1) != 1 || read(end[0], &c, 1) != 1)
            return 1;
    lab_loop(-1, 0);
    close(end[0]);
    close(end[1]);
    return 0;
}

// expect: pass none; complete
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int main(void)
{
    int ends[2];
    char c;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return 1;
    int other = dup(ends[1]), far = fcntl(ends[1], F_DUPFD, 20);
    close(ends[1]);
    if (other < 3 || far != 20 || write(other, "x", 1) != 1 || read(ends[0], &c, 1) != 1)
        return 2;
    if (dup2(other, ends[1]) != ends[1])
        return 3;
    close(other);
    close(far);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    if (read(ends[0], &c, 1) != -1 || errno != EAGAIN)
        return 4;
    close(ends[1]);
    if (read(ends[0], &c, 1) != 0 || read(99, &c, 1) != -1 || errno != EBADF)
        return 5;
    close(ends[0]);
    return 0;
}

/* A pipe that does not wait: nothing in it, three bytes in it, full, and then its end. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <unistd.h>

static char much[5000];

int main(void)
{
    int ends[2];
    if (pipe2(ends, O_NONBLOCK) != 0)
        return 1;
    fcntl(ends[1], F_SETPIPE_SZ, 4096);
    ssize_t none = read(ends[0], much, 3);
    ssize_t put = write(ends[1], much, 3);
    ssize_t got = read(ends[0], much, sizeof much);
    ssize_t most = write(ends[1], much, sizeof much);
    ssize_t full = write(ends[1], much, 1);
    read(ends[0], much, sizeof much);
    close(ends[1]);
    ssize_t end = read(ends[0], much, 3);
    return none == -1 && put == 3 && got == 3 && most == 4096 && full == -1 && end == 0 ? 7 : 1;
}

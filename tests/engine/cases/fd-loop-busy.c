// expect: spin busy_loop
/* A socket can nearly always be written to: who asks for that is told at once, again and again. */
#include <lab/check.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

static int turns;

int main(void)
{
    int end[2];
    socketpair(AF_UNIX, SOCK_STREAM, 0, end);
    struct pollfd p = {end[0], POLLIN | POLLOUT, 0};
    lab_loop(100, 0);
    do {
        turns++;
        poll(&p, 1, -1);
    } while (!(p.revents & POLLIN));
    close(end[0]);
    close(end[1]);
    return 0;
}

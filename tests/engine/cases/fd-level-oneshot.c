// expect: pass none; complete
#include <sys/epoll.h>
#include <unistd.h>

int main(void)
{
    int ends[2], ep = epoll_create1(0);
    char c;
    struct epoll_event e = {.events = EPOLLIN}, ready;
    if (pipe(ends) != 0 || epoll_ctl(ep, EPOLL_CTL_ADD, ends[0], &e) != 0 || write(ends[1], "abc", 3) != 3)
        return 1;
    for (int i = 0; i < 2; i++)
        if (epoll_wait(ep, &ready, 1, -1) != 1 || read(ends[0], &c, 1) != 1)
            return 2;
    e.events = EPOLLIN | EPOLLONESHOT;
    if (epoll_ctl(ep, EPOLL_CTL_MOD, ends[0], &e) != 0 || epoll_wait(ep, &ready, 1, 0) != 1)
        return 3;
    if (epoll_wait(ep, &ready, 1, 10) != 0)
        return 4; /* spent, though a byte is left */
    if (epoll_ctl(ep, EPOLL_CTL_MOD, ends[0], &e) != 0 || epoll_wait(ep, &ready, 1, 10) != 1)
        return 5;
    close(ends[1]);
    if (read(ends[0], &c, 1) != 1 || read(ends[0], &c, 1) != 0)
        return 6;
    close(ends[0]);
    close(ep);
    return 0;
}

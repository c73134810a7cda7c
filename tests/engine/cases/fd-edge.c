// expect: deadlock no_event
// Edge-triggered: what was left unread is told no second time.
#include <sys/epoll.h>
#include <unistd.h>

int main(void)
{
    int ends[2], ep = epoll_create1(0);
    char c;
    struct epoll_event e = {.events = EPOLLIN | EPOLLET}, ready;
    if (pipe(ends) != 0 || epoll_ctl(ep, EPOLL_CTL_ADD, ends[0], &e) != 0 || write(ends[1], "ab", 2) != 2)
        return 1;
    for (int i = 0; i < 2; i++)
        if (epoll_wait(ep, &ready, 1, -1) != 1 || read(ends[0], &c, 1) != 1)
            return 2;
    return 0;
}

#include <sys/epoll.h>
#include <sys/eventfd.h>
int main(void)
{
    int set = epoll_create1(0);
    for (int i = 0; i < 6; i++) {
        struct epoll_event e = {.events = EPOLLIN, .data.fd = i};
        epoll_ctl(set, EPOLL_CTL_ADD, eventfd(1, 0), &e);
    }
    struct epoll_event first;
    return epoll_wait(set, &first, 1, -1) == 1 ? first.data.fd : -1;
}

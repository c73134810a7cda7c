// expect: spin livelock
// A timer that is not read stays ready.
#include <sys/epoll.h>
#include <sys/timerfd.h>

int main(void)
{
    int ep = epoll_create1(0), fd = timerfd_create(CLOCK_MONOTONIC, 0);
    struct itimerspec span = {.it_value = {1, 0}};
    struct epoll_event e = {.events = EPOLLIN}, ready;
    timerfd_settime(fd, 0, &span, NULL);
    epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
    for (;;)
        epoll_wait(ep, &ready, 1, -1);
}

// expect: pass none; complete; runs == 18
// Three timers of 3 s take 3 s, and are told in every order: 6, in each of three searches.
#include <stdint.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static long now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

static int add_timer(int ep)
{
    int fd = timerfd_create(CLOCK_MONOTONIC, 0);
    struct itimerspec span = {.it_value = {3, 0}};
    struct epoll_event e = {.events = EPOLLIN, .data = {.fd = fd}};
    timerfd_settime(fd, 0, &span, NULL);
    return epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
}

int main(void)
{
    int ep = epoll_create1(0), left = 3;
    long begin = now_ns();
    for (int i = 0; i < 3; i++)
        if (add_timer(ep) != 0)
            return 1;
    while (left) {
        struct epoll_event ready[2];
        int n = epoll_wait(ep, ready, 2, -1);
        for (int i = 0; i < n; i++, left--) {
            uint64_t times;
            if (read(ready[i].data.fd, &times, sizeof times) != sizeof times || times != 1)
                return 2;
            close(ready[i].data.fd);
        }
    }
    close(ep);
    return now_ns() - begin != 3000000000L;
}

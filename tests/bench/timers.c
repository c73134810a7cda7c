/* Ten thousand timers in one epoll set, each with a moment of its own. */
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>
#define N 10000
int main(void)
{
    int ep = epoll_create1(0);
    for (int i = 0; i < N; i++) {
        int fd = timerfd_create(CLOCK_MONOTONIC, 0);
        struct itimerspec s = {.it_value = {1 + i % 100, 1 + i}};
        struct epoll_event e = {.events = EPOLLIN, .data = {.fd = fd}};
        timerfd_settime(fd, 0, &s, NULL);
        epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
    }
    for (int left = N; left;) {
        struct epoll_event ready[16];
        int n = epoll_wait(ep, ready, 16, -1);
        for (int i = 0; i < n; i++, left--) {
            uint64_t times;
            if (read(ready[i].data.fd, &times, sizeof times) != sizeof times)
                return 1;
            close(ready[i].data.fd);
        }
    }
    close(ep);
    return 0;
}

/* mutant: asks again and again, with a timeout of 0
 * expect: SPIN in ladder
 * belief: M07, M44 a call that does not block is better than one that does */
/* One set with all timers in it; whatever is ready is handled, however many a wait tells. */
#include "timers.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* A descriptor that gets readable in so many milliseconds. */
static int start_timer(int ms)
{
    struct itimerspec once = {.it_value = {ms / 1000, ms % 1000 * 1000000L}};
    if (ms == 0)
        once.it_value.tv_nsec = 1; /* 0 would switch it off */
    int fd = timerfd_create(CLOCK_MONOTONIC, 0);
    timerfd_settime(fd, 0, &once, NULL);
    return fd;
}

/* Reads how often the timer has expired: after that it is no longer readable. */
static void take_timer(int fd)
{
    uint64_t times;
    while (read(fd, &times, sizeof times) != sizeof times)
        ; /* it was interrupted: once more */
}

int wait_timers(const int *ms, int n, void (*fire)(int))
{
    int *fd = calloc((size_t)n + 1, sizeof *fd);
    int ep = epoll_create1(0), left = n;
    struct epoll_event got[16];
    for (int i = 0; i < n; i++)
        fd[i] = start_timer(ms[i]);
    for (int i = 0; i < n; i++) {
        struct epoll_event e = {.events = EPOLLIN, .data.u32 = (unsigned)i};
        epoll_ctl(ep, EPOLL_CTL_ADD, fd[i], &e);
    }
    while (left > 0) {
        int k = epoll_wait(ep, got, 16, 0);
        for (int j = 0; j < k; j++) {
            int i = (int)got[j].data.u32;
            take_timer(fd[i]);
            fire(i);
            left--;
        }
    }
    for (int i = 0; i < n; i++)
        close(fd[i]);
    close(ep);
    free(fd);
    return 0;
}

/* ok: poll instead of epoll */
/* One set with all timers in it; whatever is ready is handled, however many a wait tells. */
#include "timers.h"

#include <stdint.h>
#include <stdlib.h>
#include <poll.h>
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
    int left = n;
    struct pollfd got[16];
    for (int i = 0; i < n; i++)
        fd[i] = start_timer(ms[i]);
    while (left > 0) {
        for (int i = 0; i < n; i++)
            got[i] = (struct pollfd){fd[i], POLLIN, 0};
        if (poll(got, (nfds_t)n, -1) < 0)
            continue;
        for (int i = 0; i < n; i++)
            if (got[i].revents) {
                take_timer(fd[i]);
                close(fd[i]);
                fd[i] = -1;
                fire(i);
                left--;
            }
    }
    free(fd);
    return 0;
}

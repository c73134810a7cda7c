/* mutant: sleeps until the next one is due, without a set
 * expect: BLOCKED in as_a_loop
 * belief: M44, M41 one waiter who sleeps is as good as one who listens */
/* One set with all timers in it; whatever is ready is handled, however many a wait tells. */
#include "timers.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
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
    (void)got;
    for (int now = 0; left > 0; left--) {
        int next = -1;
        for (int i = 0; i < n; i++)
            if (fd[i] >= 0 && (next < 0 || ms[i] < ms[next]))
                next = i;
        int rest = ms[next] - now;
        nanosleep(&(struct timespec){rest / 1000, rest % 1000 * 1000000L}, NULL);
        take_timer(fd[next]);
        close(fd[next]);
        fd[next] = -1;
        now = ms[next];
        fire(next);
    }
    close(ep);
    free(fd);
    return 0;
}

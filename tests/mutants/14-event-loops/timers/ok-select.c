/* ok: select instead of epoll */
#include "timers.h"
#include <sys/select.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/timerfd.h>
#include <unistd.h>
int wait_timers(const int *ms, int n, void (*fire)(int))
{
    int *fd = calloc((size_t)n + 1, sizeof *fd), left = n;
    for (int i = 0; i < n; i++) {
        struct itimerspec o = {.it_value = {ms[i] / 1000, ms[i] % 1000 * 1000000L + (ms[i] == 0)}};
        fd[i] = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
        timerfd_settime(fd[i], 0, &o, NULL);
    }
    while (left) {
        fd_set s;
        FD_ZERO(&s);
        int top = -1;
        for (int i = 0; i < n; i++)
            if (fd[i] >= 0) {
                FD_SET(fd[i], &s);
                if (fd[i] > top)
                    top = fd[i];
            }
        if (select(top + 1, &s, NULL, NULL, NULL) < 0)
            continue;
        for (int i = 0; i < n; i++)
            if (fd[i] >= 0 && FD_ISSET(fd[i], &s)) {
                close(fd[i]);
                fd[i] = -1;
                left--;
                fire(i);
            }
    }
    free(fd);
    return 0;
}

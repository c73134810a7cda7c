/* ok: no timer at all: the timeout of epoll_wait is the time until the next one is due */
#include "timers.h"

#include <stdlib.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int next_of(const char *done, const int *ms, int n)
{
    int next = -1;
    for (int i = 0; i < n; i++)
        if (!done[i] && (next < 0 || ms[i] < ms[next]))
            next = i;
    return next;
}

int wait_timers(const int *ms, int n, void (*fire)(int))
{
    struct epoll_event got[1];
    char *done = calloc((size_t)n + 1, 1);
    int ep = epoll_create1(0);
    long began = now_ms();
    for (int i; (i = next_of(done, ms, n)) >= 0;) {
        long rest = began + ms[i] - now_ms();
        if (rest > 0) {
            epoll_wait(ep, got, 1, (int)rest);
            continue;
        }
        done[i] = 1;
        fire(i);
    }
    close(ep);
    free(done);
    return 0;
}

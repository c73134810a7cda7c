/* timers: wait_timers with timerfd and epoll. WRONG 1: sleeps one after the other; 2: forgets to close. */
#include <lab/check.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#ifndef WRONG
#define WRONG 0
#endif

static int wait_timers(const int *ms, int n, void (*fire)(int))
{
    int ep = epoll_create1(0);
    for (int i = 0; i < n; i++) {
        struct timespec span = {ms[i] / 1000, ms[i] % 1000 * 1000000};
        if (WRONG == 1) {
            nanosleep(&span, NULL);
            fire(i);
            continue;
        }
        int fd = timerfd_create(CLOCK_MONOTONIC, 0);
        struct itimerspec once = {.it_value = span};
        struct epoll_event e = {.events = EPOLLIN, .data.u64 = (uint64_t)fd << 32 | (unsigned)i};
        timerfd_settime(fd, 0, &once, NULL);
        epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
    }
    for (int left = WRONG == 1 ? 0 : n; left;) {
        struct epoll_event ready[8];
        int got = epoll_wait(ep, ready, 8, -1);
        for (int i = 0; i < got; i++, left--) {
            uint64_t times;
            int fd = (int)(ready[i].data.u64 >> 32);
            if (read(fd, &times, sizeof times) != sizeof times)
                return -1;
            fire((int)(uint32_t)ready[i].data.u64);
            if (WRONG != 2)
                close(fd);
        }
    }
    close(ep);
    return 0;
}

static const int spans[] = {3000, 1000, 2000, 3000};
static int fired[4], count, last;

static void fire(int i)
{
    fired[i]++;
    count++;
    lab_check(spans[i] >= last, "timer %d fired after one that was due later", i);
    last = spans[i];
}

SCENARIO(due_order, "four timers, two of them equal", "M41", "14.8")
{
    lab_check(wait_timers(NULL, 0, fire) == 0, "no timers");
    lab_check(wait_timers(spans, 4, fire) == 0, "four timers");
    for (int i = 0; i < 4; i++)
        lab_check(fired[i] == 1, "timer %d fired %d times", i, fired[i]);
    lab_no_descriptors_left();
    lab_always_within(3000, "it took %ld ms, 3000 would do", lab_now_ms());
}

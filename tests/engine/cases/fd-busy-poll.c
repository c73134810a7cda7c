// expect: spin busy_poll
#include <poll.h>
#include <sys/timerfd.h>

int main(void)
{
    struct pollfd p = {timerfd_create(CLOCK_MONOTONIC, 0), POLLIN, 0};
    struct itimerspec span = {.it_value = {1, 0}};
    timerfd_settime(p.fd, 0, &span, NULL);
    while (poll(&p, 1, 0) == 0)
        ;
    return 0;
}

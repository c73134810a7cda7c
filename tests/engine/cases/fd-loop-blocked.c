// expect: blocked blocked_beats
#include <lab/check.h>
#include <poll.h>
#include <sys/timerfd.h>
#include <unistd.h>

int main(void)
{
    struct pollfd p = {timerfd_create(CLOCK_MONOTONIC, 0), POLLIN, 0};
    struct itimerspec span = {.it_value = {1, 0}};
    lab_loop(100, 500);
    timerfd_settime(p.fd, 0, &span, NULL);
    if (poll(&p, 1, -1) != 1)
        return 1;
    sleep(3);
    close(p.fd);
    return 0;
}

// expect: pass none; complete
#include <lab/check.h>
#include <poll.h>
#include <sys/timerfd.h>
#include <unistd.h>

int main(void)
{
    struct pollfd p = {timerfd_create(CLOCK_MONOTONIC, 0), POLLIN, 0};
    struct itimerspec span = {.it_value = {3, 0}};
    lab_loop(100, 500);
    timerfd_settime(p.fd, 0, &span, NULL);
    int early = poll(&p, 1, 2000), late = poll(&p, 1, 2000);
    usleep(50000);
    close(p.fd);
    lab_no_descriptors_left();
    return early != 0 || late != 1 || lab_descriptors_open() != 0;
}

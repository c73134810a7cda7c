// expect: deadlock no_expiry
/* A timer that expires once is readable once. */
#include <stdint.h>
#include <sys/timerfd.h>
#include <unistd.h>

int main(void)
{
    uint64_t times;
    struct itimerspec once = {.it_value = {1, 0}};
    int fd = timerfd_create(CLOCK_MONOTONIC, 0);
    timerfd_settime(fd, 0, &once, NULL);
    for (int i = 0; i < 2; i++)
        if (read(fd, &times, sizeof times) != sizeof times)
            return 1;
    close(fd);
    return 0;
}

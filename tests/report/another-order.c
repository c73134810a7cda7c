/* Two pipes are ready at the same time, and what is told first is taken for the first pipe. */
#include <lab/check.h>
#include <sys/epoll.h>
#include <unistd.h>

SCENARIO(tea_and_milk, "two pipes are ready at once", "", "")
{
    int ends[2][2], set = epoll_create1(0);
    struct epoll_event got[2];
    for (int i = 0; i < 2; i++) {
        struct epoll_event e = {.events = EPOLLIN, .data.u32 = (unsigned)i};
        lab_check(pipe(ends[i]) == 0, "no pipe");
        epoll_ctl(set, EPOLL_CTL_ADD, ends[i][0], &e);
    }
    for (int i = 0; i < 2; i++)
        lab_check(write(ends[i][1], "!", 1) == 1, "not written");
    int n = epoll_wait(set, got, 2, -1);
    lab_check(n == 2 && got[0].data.u32 == 0, "pipe %u was told first", got[0].data.u32);
}

// expect: pass none; complete
// To wait for three hundred years is not to wait for no time at all.
#define _GNU_SOURCE
#include <assert.h>
#include <poll.h>
#include <sys/select.h>
#include <time.h>

static time_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

int main(void)
{
    struct timespec span = {10000000000, 5};
    struct timeval same = {9999999999, 1000000};
    time_t begin = now();
    assert(ppoll(NULL, 0, &span, NULL) == 0);
    time_t middle = now();
    assert(middle - begin > 1000000000);
    assert(select(0, NULL, NULL, NULL, &same) == 0);
    assert(now() - middle > 1000000000);
    return 0;
}

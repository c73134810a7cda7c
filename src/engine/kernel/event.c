/* event: eventfd, a counter one can wait for. Writing adds to it, reading takes all of it (or one, EFD_SEMAPHORE)
 * and waits while it is 0. Rings that come before anybody reads become one. */
#include "engine/kernel/kernel.h"

#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>

#define COUNT_MAX (UINT64_MAX - 1)

static short events(const struct file *f)
{
    return (short)((f->count ? POLLIN | POLLRDNORM : 0) | (f->count < COUNT_MAX ? POLLOUT | POLLWRNORM : 0));
}

static ssize_t take(struct file *f, char *to, size_t n)
{
    if (n < sizeof f->count)
        return -EINVAL;
    if (!f->count)
        return -EAGAIN;
    uint64_t got = f->semaphore ? 1 : f->count;
    f->count -= got;
    memcpy(to, &got, sizeof got);
    file_observe(f);
    file_changed(f);
    return sizeof got;
}

static ssize_t add(struct file *f, const char *from, size_t n)
{
    uint64_t more;
    if (n < sizeof more)
        return -EINVAL;
    memcpy(&more, from, sizeof more);
    if (more == UINT64_MAX)
        return -EINVAL;
    if (more > COUNT_MAX - f->count)
        return -EAGAIN;
    f->count += more;
    file_publish(f);
    file_changed(f);
    return sizeof more;
}

const struct file_kind kind_event = {FILE_EVENTFD, events, take, add, NULL, NULL};

int __wrap_eventfd(unsigned count, int flags);
int __wrap_eventfd(unsigned count, int flags)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    if (flags & ~(EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE))
        return learner_errno(EINVAL);
    op_with((uint64_t)count << 32 | (uint64_t)(uint32_t)flags);
    descriptor_step(pc);
    struct file *f = file_new(&kind_event);
    f->count = count;
    f->semaphore = flags & EFD_SEMAPHORE;
    f->nonblocking = flags & EFD_NONBLOCK;
    int fd = descriptor_new(f, flags & EFD_CLOEXEC, pc);
    record(EVENT_OPEN, f, 0, pc);
    return fd;
}

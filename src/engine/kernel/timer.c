/* timer: timerfd, a moment one can wait for. It is readable when virtual time has reached it; reading tells how
 * often it expired, and a period sets the next moment.
 *
 * All set timers lie in a heap by their next moment, so that the next thing that time changes is found
 * at once, with ten thousand timers too. A timer that was set anew leaves its old entry behind: such entries
 * are dropped when they come to the top.
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <string.h>
#include <sys/timerfd.h>

#include "engine/kernel/kernel.h"

/* ---- the heap ---------------------------------------------------------------------------------- */

struct moment {
    int64_t at;
    struct file *timer;
};
static struct moment *heap;
static size_t heap_count, heap_cap;

void timers_reset(void) { heap_count = 0; }

static bool earlier(const struct moment *a, const struct moment *b)
{
    return a->at != b->at ? a->at < b->at : a->timer->number < b->timer->number;
}

static void swap(size_t a, size_t b)
{
    struct moment m = heap[a];
    heap[a] = heap[b];
    heap[b] = m;
}

static void push(struct file *timer, int64_t at)
{
    ARRAY_GROW(heap, heap_count, heap_cap);
    size_t i = heap_count++;
    heap[i] = (struct moment){at, timer};
    for (; i && earlier(&heap[i], &heap[(i - 1) / 2]); i = (i - 1) / 2)
        swap(i, (i - 1) / 2);
}

static void pop(void)
{
    heap[0] = heap[--heap_count];
    for (size_t i = 0, k; (k = 2 * i + 1) < heap_count; i = k) {
        if (k + 1 < heap_count && earlier(&heap[k + 1], &heap[k]))
            k++;
        if (!earlier(&heap[k], &heap[i]))
            break;
        swap(i, k);
    }
}

struct file *timer_first(void)
{
    while (heap_count && (!heap[0].timer->kind || heap[0].timer->due != heap[0].at))
        pop();
    return heap_count ? heap[0].timer : NULL;
}

/* Every timer that is due now tells those who watch it; it stays due until it is read. */
void timers_expire(void)
{
    struct file *f;
    while ((f = timer_first()) && f->due <= engine.run.now) {
        pop();
        file_changed(f);
    }
}

/* ---- as a file ------------------------------------------------------------------------------------ */

static bool expired(const struct file *f) { return f->due <= engine.run.now; }

static short events(const struct file *f) { return expired(f) ? POLLIN | POLLRDNORM : 0; }

static ssize_t tell(struct file *f, char *to, size_t n)
{
    if (n < sizeof(uint64_t))
        return -EINVAL;
    if (!expired(f))
        return -EAGAIN;
    uint64_t times = 1;
    if (f->every) {
        int64_t missed = (engine.run.now - f->due) / f->every;
        times += (uint64_t)missed;
        f->due = time_after(f->due + missed * f->every, f->every);
        push(f, f->due);
    } else {
        f->due = NEVER;
    }
    memcpy(to, &times, sizeof times);
    return sizeof times;
}

const struct file_kind kind_timer = {FILE_TIMER, events, tell, NULL, NULL, NULL};

/* ---- calls ------------------------------------------------------------------------------------------ */

int __wrap_timerfd_create(int clock, int flags);
int __wrap_timerfd_create(int clock, int flags)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    if ((clock != CLOCK_MONOTONIC && clock != CLOCK_REALTIME && clock != CLOCK_BOOTTIME) ||
        flags & ~(TFD_CLOEXEC | TFD_NONBLOCK))
        return learner_errno(EINVAL);
    op_with((uint64_t)clock << 32 | (uint64_t)flags);
    descriptor_step(pc);
    struct file *f = file_new(&kind_timer);
    f->clock = clock == CLOCK_BOOTTIME ? CLOCK_MONOTONIC : clock;
    f->nonblocking = flags & TFD_NONBLOCK;
    int fd = descriptor_new(f, flags & TFD_CLOEXEC, pc);
    record(EVENT_OPEN, f, 0, pc);
    return fd;
}

static struct timespec span_of(int64_t ns) { return (struct timespec){ns / 1000000000, ns % 1000000000}; }

static struct itimerspec left(const struct file *f)
{
    int64_t due = f->due;
    if (due != NEVER && due <= engine.run.now && f->every)
        due = time_after(due + (engine.run.now - due) / f->every * f->every, f->every);
    int64_t rest = due == NEVER || due <= engine.run.now ? 0 : due - engine.run.now;
    return (struct itimerspec){span_of(f->every), span_of(rest)};
}

static struct file *timer_of(int fd, uint64_t pc)
{
    struct file *f = descriptor_file(fd, pc);
    if (f && f->kind != &kind_timer) {
        learner_errno(EINVAL);
        return NULL;
    }
    return f;
}

/* The first expiry in virtual time; 0 sets nothing. */
static int64_t first_expiry(const struct file *f, int flags, const struct timespec *t, uint64_t pc)
{
    int64_t due;
    if (!t->tv_sec && !t->tv_nsec)
        return NEVER;
    if (!(flags & TFD_TIMER_ABSTIME))
        return time_after(engine.run.now, time_ns(t));
    return time_deadline(f->clock, t, pc, &due) == 0 && due > engine.run.now ? due : engine.run.now;
}

int __wrap_timerfd_settime(int fd, int flags, const struct itimerspec *now, struct itimerspec *old);
int __wrap_timerfd_settime(int fd, int flags, const struct itimerspec *now, struct itimerspec *old)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    access_range(now, sizeof *now, false, pc);
    struct file *f = timer_of(fd, pc);
    if (!f)
        return -1;
    if (!time_good(&now->it_value) || !time_good(&now->it_interval))
        return learner_errno(EINVAL);
    engine.run.used_time = true;
    op_with((uint64_t)flags);
    op_with((uintptr_t)now);
    op_with((uintptr_t)old);
    kernel_step(EVENT_FD_SET, f, 0, NEVER, always);
    if (old) {
        access_range(old, sizeof *old, true, pc);
        *old = left(f);
    }
    f->due = first_expiry(f, flags, &now->it_value, pc);
    f->every = f->due == NEVER ? 0 : time_ns(&now->it_interval);
    if (f->due != NEVER)
        push(f, f->due);
    spin_effect(me());
    record(EVENT_FD_SET, f, 0, pc);
    timers_expire();
    return 0;
}

int __wrap_timerfd_gettime(int fd, struct itimerspec *out);
int __wrap_timerfd_gettime(int fd, struct itimerspec *out)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    struct file *f = timer_of(fd, pc);
    if (!f)
        return -1;
    op_with((uintptr_t)out);
    kernel_step(EVENT_FD_SET, f, 0, NEVER, always);
    access_range(out, sizeof *out, true, pc);
    *out = left(f);
    record(EVENT_FD_SET, f, 0, pc);
    return 0;
}

/* poll: waiting until one of several descriptors is ready: poll and select, which look at a list that is given anew
 * each time. (epoll.c has the set that is kept.) */
#include "engine/kernel/kernel.h"
#include "engine/sync/sync.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>

#define ALWAYS (POLLERR | POLLHUP | POLLNVAL) /* told whether asked for or not */

static struct poll_set sets[MAX_THREADS];

struct poll_set *poll_set_of(const struct thread *t) { return &sets[t->tid]; }

struct poll_set poll_set_swap(struct poll_set with)
{
    struct poll_set was = *poll_set_of(me());
    *poll_set_of(me()) = with;
    return was;
}

static struct poll_set *set_empty(void)
{
    struct poll_set *s = poll_set_of(me());
    s->n = 0;
    return s;
}

static void set_add(struct poll_set *s, int fd, struct file *f, short events)
{
    ARRAY_GROW(s->at, s->n, s->cap);
    s->at[s->n++] = (struct poll_entry){f, events, fd};
}

static bool set_moved(const struct poll_set *s)
{
    for (int i = 0; i < s->n; i++)
        if (s->at[i].file && descriptor_moved(s->at[i].fd, s->at[i].file))
            return true;
    return false;
}

static short told(const struct poll_entry *e)
{
    return e->file ? file_events(e->file) & (short)(e->events | ALWAYS) : 0;
}

static bool any(const struct thread *t)
{
    const struct poll_set *s = poll_set_of(t);
    for (int i = 0; i < s->n; i++)
        if (told(&s->at[i]))
            return true;
    return false;
}

static bool any_or_late(const struct thread *t) { return any(t) || deadline_passed(t); }

/* A span of time from now on; NEVER: for ever, now: do not wait. */
static int64_t deadline_ms(int ms) { return ms < 0 ? NEVER : time_after(engine.run.now, (int64_t)ms * 1000000); }

/* Its files are looked up when its turn comes, unless it had to wait: see io.c. */
enum waited { WAIT_INTERRUPTED, WAIT_OVER, WAIT_MOVED };

static enum waited wait_for_any(struct poll_set *s, int64_t deadline)
{
    struct file *shown = NULL; /* one stands for all in reports */
    for (int i = 0; i < s->n && !shown; i++)
        shown = s->at[i].file;
    bool now = deadline <= engine.run.now, begun = !now && !any(me());
    for (int i = 0; i < s->n && me()->spin.armed; i++)
        if (s->at[i].file)
            spin_saw(me(), s->at[i].file, 0);
    if (!kernel_step(EVENT_POLL, shown, 0, deadline, now ? always : any_or_late))
        return WAIT_INTERRUPTED;
    if (!begun && set_moved(s))
        return WAIT_MOVED;
    for (int i = 0; i < s->n; i++)
        if (told(&s->at[i]))
            file_observe(s->at[i].file);
    record(EVENT_POLL, shown, 0, me()->op.pc);
    return WAIT_OVER;
}

/* ---- poll ------------------------------------------------------------------------------------------ */

/* True: a number stands for nothing. */
static bool poll_gather(struct poll_set *s, const struct pollfd *fds, nfds_t n, uint64_t pc)
{
    bool bad = false;
    for (nfds_t i = 0; i < n; i++) {
        struct file *f = fds[i].fd < 0 ? NULL : descriptor_file(fds[i].fd, pc);
        bad |= fds[i].fd >= 0 && !f;
        set_add(s, fds[i].fd, f, fds[i].events);
    }
    return bad;
}

static int do_poll(struct pollfd *fds, nfds_t n, int64_t deadline, uint64_t pc)
{
    if (n > DESCRIPTORS_MAX)
        return learner_errno(EINVAL);
    access_range(fds, n * sizeof *fds, false, pc);
    struct poll_set *s = poll_set_of(me());
    enum waited w;
    op_with((uintptr_t)fds);
    do {
        bool bad = poll_gather(set_empty(), fds, n, pc);
        w = wait_for_any(s, bad ? engine.run.now : deadline);
    } while (w == WAIT_MOVED);
    if (w == WAIT_INTERRUPTED)
        return -1;
    int ready = 0;
    for (nfds_t i = 0; i < n; i++) {
        short e = told(&s->at[i]);
        if (fds[i].fd >= 0 && !s->at[i].file)
            e = POLLNVAL;
        access_range(&fds[i].revents, sizeof e, true, pc);
        fds[i].revents = e;
        ready += e != 0;
    }
    return ready;
}

int __wrap_poll(struct pollfd *fds, nfds_t n, int ms);
int __wrap_poll(struct pollfd *fds, nfds_t n, int ms)
{
    ENTER(CALLER);
    return do_poll(fds, n, deadline_ms(ms), CALLER);
}

static int deadline_span(const struct timespec *span, int64_t *ret, uint64_t pc)
{
    *ret = NEVER;
    if (!span)
        return 0;
    access_range(span, sizeof *span, false, pc);
    if (!time_good(span))
        return EINVAL;
    *ret = time_after(engine.run.now, time_ns(span));
    return 0;
}

int __wrap_ppoll(struct pollfd *fds, nfds_t n, const struct timespec *span, const sigset_t *mask);
int __wrap_ppoll(struct pollfd *fds, nfds_t n, const struct timespec *span, const sigset_t *mask)
{
    ENTER(CALLER);
    int64_t deadline;
    uint64_t old = 0;
    int error = deadline_span(span, &deadline, CALLER);
    if (error)
        return learner_errno(error);
    signals_lend(mask, &old, CALLER);
    int ready = do_poll(fds, n, deadline, CALLER);
    signals_return(old, CALLER);
    return ready;
}

/* ---- select ------------------------------------------------------------------------------------------- */

#define SELECT_IN (POLLIN | POLLHUP | POLLERR)
#define SELECT_OUT (POLLOUT | POLLERR)

static bool wanted(const fd_set *set, int fd) { return set && FD_ISSET(fd, set); }

/* Entries in order of descriptor: reading first. False: errno is set. */
static bool select_set(struct poll_set *s, int n, const fd_set *in, const fd_set *out, const fd_set *odd, uint64_t pc)
{
    for (int fd = 0; fd < n; fd++) {
        struct file *f = wanted(in, fd) || wanted(out, fd) || wanted(odd, fd) ? descriptor_file(fd, pc) : NULL;
        if (!f && (wanted(in, fd) || wanted(out, fd) || wanted(odd, fd)))
            return false;
        set_add(s, fd, wanted(in, fd) ? f : NULL, POLLIN);
        set_add(s, fd, wanted(out, fd) ? f : NULL, POLLOUT);
    }
    return true;
}

static int keep_ready(const struct poll_set *s, int n, fd_set *set, int which, short events)
{
    int ready = 0;
    for (int fd = 0; set && fd < n; fd++) {
        if (!FD_ISSET(fd, set))
            continue;
        if (told(&s->at[2 * fd + which]) & events)
            ready++;
        else
            FD_CLR(fd, set);
    }
    return ready;
}

static int do_select(int n, fd_set *in, fd_set *out, fd_set *odd, int64_t deadline, uint64_t pc)
{
    if (n < 0 || n > FD_SETSIZE)
        return learner_errno(EINVAL);
    fd_set *given[] = {in, out, odd};
    for (int i = 0; i < 3; i++)
        if (given[i])
            access_range(given[i], (size_t)(n + 7) / 8, true, pc);
    struct poll_set *s = poll_set_of(me());
    enum waited w;
    op_with((uint64_t)n);
    for (int i = 0; i < 3; i++)
        op_with((uintptr_t)given[i]);
    do
        w = select_set(set_empty(), n, in, out, odd, pc) ? wait_for_any(s, deadline) : WAIT_INTERRUPTED;
    while (w == WAIT_MOVED);
    if (w == WAIT_INTERRUPTED)
        return -1;
    int ready = keep_ready(s, n, in, 0, SELECT_IN) + keep_ready(s, n, out, 1, SELECT_OUT);
    for (int fd = 0; odd && fd < n; fd++)
        FD_CLR(fd, odd);
    return ready;
}

int __wrap_select(int n, fd_set *in, fd_set *out, fd_set *odd, struct timeval *span);
int __wrap_select(int n, fd_set *in, fd_set *out, fd_set *odd, struct timeval *span)
{
    ENTER(CALLER);
    int64_t deadline = NEVER;
    if (span) {
        access_range(span, sizeof *span, false, CALLER);
        if (span->tv_sec < 0 || span->tv_usec < 0)
            return learner_errno(EINVAL);
        int64_t ns = time_after(time_ns(&(struct timespec){span->tv_sec, 0}), /* many microseconds are good here */
                                time_ns(&(struct timespec){span->tv_usec / 1000000, span->tv_usec % 1000000 * 1000}));
        deadline = time_after(engine.run.now, ns);
    }
    return do_select(n, in, out, odd, deadline, CALLER);
}

int __wrap_pselect(int n, fd_set *in, fd_set *out, fd_set *odd, const struct timespec *span, const sigset_t *mask);
int __wrap_pselect(int n, fd_set *in, fd_set *out, fd_set *odd, const struct timespec *span, const sigset_t *mask)
{
    ENTER(CALLER);
    int64_t deadline;
    uint64_t old = 0;
    int error = deadline_span(span, &deadline, CALLER);
    if (error)
        return learner_errno(error);
    signals_lend(mask, &old, CALLER);
    int ready = do_select(n, in, out, odd, deadline, CALLER);
    signals_return(old, CALLER);
    return ready;
}

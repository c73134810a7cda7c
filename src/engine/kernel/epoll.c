/* epoll: a kept set of descriptors to wait for. As on Linux, a file that changes puts itself on the list of its
 * sets; epoll_wait goes through that list, tells what is still so, and keeps on it what is level-triggered.
 * Edge-triggered entries come back only with the next change, one-shot ones when they are set again.
 *
 * In which order several ready entries are told is nobody's promise, so every order is a choice of its own: all of
 * up to four; of more, each one first.
 */
#include "engine/kernel/kernel.h"
#include "engine/sync/sync.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#define ROTATED 64 /* of more than TRACE_ORDERED, so many get to be the first */
#define FLAGS (EPOLLET | EPOLLONESHOT | EPOLLWAKEUP | EPOLLEXCLUSIVE)

struct item {
    struct file *set, *file;
    int fd;
    uint32_t events;
    uint64_t data;
    bool listed, spent;          /* spent: one-shot, and it shot */
    struct item *next_in_set, *next_watcher, *after;
};

/* ---- items: kept for the next run ----------------------------------------------------------------- */

static struct item **items;
static size_t item_count, item_cap, item_made;

void epoll_reset(void) { item_count = 0; }

static struct item *item_new(void)
{
    if (item_count == item_made) {
        ARRAY_GROW(items, item_made, item_cap);
        items[item_made++] = xmalloc(sizeof **items);
    }
    struct item *i = items[item_count++];
    memset(i, 0, sizeof *i);
    return i;
}

/* ---- what is ready ------------------------------------------------------------------------------------- */

static uint32_t told(const struct item *i)
{
    return i->spent ? 0 : (uint32_t)(unsigned short)file_events(i->file) & ((i->events & ~(uint32_t)FLAGS) | EPOLLERR | EPOLLHUP);
}

bool epoll_any(const struct file *ep)
{
    for (const struct item *i = ep->first; i; i = i->after)
        if (told(i))
            return true;
    return false;
}

int epoll_ready(const struct file *ep)
{
    int n = 0;
    for (const struct item *i = ep->first; i; i = i->after)
        n += told(i) != 0;
    return n;
}

int epoll_orders(int ready)
{
    static const int factorial[TRACE_ORDERED + 1] = {1, 1, 2, 6, 24};
    return ready <= TRACE_ORDERED ? factorial[ready] : ready < ROTATED ? ready : ROTATED;
}

int64_t epoll_due(const struct file *ep)
{
    const struct file *first = timer_first();
    for (const struct item *i = first ? first->watchers : NULL; i; i = i->next_watcher)
        if (i->set == ep && !i->spent)
            return first->due;
    int64_t due = NEVER;
    for (const struct item *i = ep->items; i; i = i->next_in_set)
        if (!i->spent && file_due(i->file) < due)
            due = file_due(i->file);
    return due;
}

bool epoll_takes(const struct file *ep)
{
    for (const struct item *i = ep->items; i; i = i->next_in_set)
        if (i->events & (EPOLLET | EPOLLONESHOT))
            return true;
    return false;
}

uint64_t epoll_bits(const struct file *ep)
{
    uint64_t bits = kernel_bit(ep->number);
    for (const struct item *i = ep->items; i; i = i->next_in_set)
        bits |= kernel_file_bits(i->file);
    return bits;
}

uint64_t epoll_state(const struct file *ep)
{
    uint64_t h = 17;
    for (const struct item *i = ep->first; i; i = i->after)
        h = h * 31 + (told(i) ? kernel_state(i->file) * 2 + i->events : 0);
    return h;
}

/* ---- the list of those that may be ready --------------------------------------------------------------------- */

static void list(struct item *i)
{
    if (i->listed)
        return;
    i->listed = true;
    i->after = NULL;
    struct file *ep = i->set;
    if (ep->last)
        ep->last->after = i;
    else
        ep->first = i;
    ep->last = i;
}

static void unlist(struct item *gone)
{
    struct file *ep = gone->set;
    struct item *before = NULL;
    for (struct item *i = ep->first; i; before = i, i = i->after) {
        if (i != gone)
            continue;
        *(before ? &before->after : &ep->first) = i->after;
        if (ep->last == i)
            ep->last = before;
    }
    gone->listed = false;
}

void epoll_notice(struct file *f)
{
    for (struct item *i = f->watchers; i; i = i->next_watcher) {
        list(i);
        file_changed(i->set); /* a set may be in a set */
    }
}

static void remove_from(struct item **at, const struct item *i, bool of_set)
{
    while (*at != i)
        at = of_set ? &(*at)->next_in_set : &(*at)->next_watcher;
    *at = of_set ? i->next_in_set : i->next_watcher;
}

static void item_drop(struct item *i)
{
    if (i->listed)
        unlist(i);
    remove_from(&i->set->items, i, true);
    remove_from(&i->file->watchers, i, false);
}

void epoll_forget(struct file *f)
{
    while (f->watchers)
        item_drop(f->watchers);
}

static void drop_set(struct file *ep)
{
    while (ep->items)
        item_drop(ep->items);
}

static short events(const struct file *ep) { return epoll_any(ep) ? POLLIN | POLLRDNORM : 0; }

const struct file_kind kind_epoll = {FILE_EPOLL, events, NULL, NULL, NULL, drop_set};

/* ---- as a part of a state -------------------------------------------------------------------------------- */

/* What is in the set, in its order; then those on the list, in theirs. */
static void set_digest(struct digest *out, const struct file *ep)
{
    for (const struct item *i = ep->items; i; i = i->next_in_set) {
        digest_word(out, (uint64_t)(uintptr_t)i->file);
        digest_word(out, (uint64_t)i->fd << 32 | i->events);
        digest_word(out, i->data);
        digest_word(out, (uint64_t)i->spent);
    }
    digest_word(out, 0);
    for (const struct item *i = ep->first; i; i = i->after) {
        digest_word(out, (uint64_t)(uintptr_t)i->file);
        digest_word(out, (uint64_t)i->fd);
    }
}

void epoll_digest(struct digest *out, const struct file *f)
{
    for (const struct item *i = f->watchers; i; i = i->next_watcher) {
        digest_word(out, (uint64_t)(uintptr_t)i->set);
        digest_word(out, (uint64_t)i->fd);
    }
    digest_word(out, 1);
    if (f->kind == &kind_epoll)
        set_digest(out, f);
}

/* ---- calls ------------------------------------------------------------------------------------------------------ */

static int create(bool cloexec, uint64_t pc)
{
    op_with(cloexec);
    descriptor_step(pc);
    struct file *f = file_new(&kind_epoll);
    int fd = descriptor_new(f, cloexec, pc);
    record(EVENT_OPEN, f, 0, pc);
    return fd;
}

int __wrap_epoll_create1(int flags);
int __wrap_epoll_create1(int flags)
{
    ENTER(CALLER);
    return flags & ~EPOLL_CLOEXEC ? learner_errno(EINVAL) : create(flags & EPOLL_CLOEXEC, CALLER);
}

int __wrap_epoll_create(int size);
int __wrap_epoll_create(int size)
{
    ENTER(CALLER);
    return size <= 0 ? learner_errno(EINVAL) : create(false, CALLER);
}

static struct item *find(const struct file *ep, const struct file *f, int fd)
{
    struct item *i = f->watchers;
    while (i && (i->set != ep || i->fd != fd))
        i = i->next_watcher;
    return i;
}

static void set_events(struct item *i, const struct epoll_event *e)
{
    i->events = e->events;
    i->data = e->data.u64;
    i->spent = false;
    if (told(i))
        list(i);
    if (i->listed)
        file_changed(i->set);
}

static void add(struct file *ep, struct file *f, int fd, const struct epoll_event *e)
{
    struct item *i = item_new();
    *i = (struct item){.set = ep, .file = f, .fd = fd};
    i->next_in_set = ep->items;
    ep->items = i;
    i->next_watcher = f->watchers;
    f->watchers = i;
    set_events(i, e);
}

static int change(struct file *ep, int operation, int fd, struct file *f, const struct epoll_event *e)
{
    struct item *i = find(ep, f, fd);
    if (f == ep || (f->kind == &kind_standard && operation == EPOLL_CTL_ADD))
        return f == ep ? EINVAL : EPERM;
    switch (operation) {
    case EPOLL_CTL_ADD:
        if (i)
            return EEXIST;
        add(ep, f, fd, e);
        return 0;
    case EPOLL_CTL_MOD:
        if (i)
            set_events(i, e);
        return i ? 0 : ENOENT;
    case EPOLL_CTL_DEL:
        if (i)
            item_drop(i);
        return i ? 0 : ENOENT;
    default:
        return EINVAL;
    }
}

static struct file *epoll_of(int fd, uint64_t pc)
{
    struct file *f = descriptor_file(fd, pc);
    if (f && f->kind != &kind_epoll)
        learner_errno(EINVAL);
    return f && f->kind == &kind_epoll ? f : NULL;
}

int __wrap_epoll_ctl(int epfd, int operation, int fd, struct epoll_event *event);
int __wrap_epoll_ctl(int epfd, int operation, int fd, struct epoll_event *event)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    struct file *f = descriptor_file(fd, pc), *ep = f ? epoll_of(epfd, pc) : NULL;
    if (!ep)
        return -1;
    if (operation != EPOLL_CTL_DEL)
        access_range(event, sizeof *event, false, pc);
    op_with((uint64_t)epfd << 32 | (uint64_t)(uint32_t)operation);
    op_with((uintptr_t)event);
    kernel_step(EVENT_FD_SET, ep, (uint64_t)fd, NEVER, always);
    f = descriptor_file(fd, pc);
    ep = epoll_of(epfd, pc);
    spin_effect(me());
    record(EVENT_FD_SET, ep, 0, pc);
    int error = change(ep, operation, fd, f, event);
    return error ? learner_errno(error) : 0;
}

/* ---- waiting ------------------------------------------------------------------------------------------------------ */

static bool ready(const struct thread *t)
{
    const struct file *ep = t->op.object;
    return !ep->kind || epoll_any(ep) || deadline_passed(t);
}

/* The ready entries in the order this step has chosen. */
static int ordered(struct item **all, int n, int k)
{
    if (n > TRACE_ORDERED) {
        for (int turn = 0; turn < k; turn++) {
            struct item *first = all[0];
            memmove(all, all + 1, (size_t)(n - 1) * sizeof *all);
            all[n - 1] = first;
        }
        return n;
    }
    for (int at = 0; at < n; at++) { /* k in the factorial number system */
        int left = n - at, pick = k % left;
        k /= left;
        struct item *i = all[at + pick];
        memmove(all + at + 1, all + at, (size_t)pick * sizeof *all);
        all[at] = i;
    }
    return n;
}

static int take_ready(struct file *ep, struct item ***ret)
{
    static struct item **all;
    static size_t cap;
    size_t n = 0;
    for (struct item *i = ep->first, *next; i; i = next) {
        next = i->after;
        if (!told(i)) {
            unlist(i);
            continue;
        }
        ARRAY_GROW(all, n, cap);
        all[n++] = i;
    }
    *ret = all;
    return ordered(all, (int)n, kernel_variant());
}

static void tell(struct item *i, struct epoll_event *out)
{
    struct epoll_event e = {.events = told(i)};
    e.data.u64 = i->data;
    memcpy(out, &e, sizeof e);
    file_observe(i->file);
    unlist(i);
    if (i->events & EPOLLONESHOT)
        i->spent = true;
    else if (!(i->events & EPOLLET))
        list(i);
}

static int wait_on(int epfd, struct epoll_event *out, int max, int64_t deadline, uint64_t pc)
{
    struct file *ep = epoll_of(epfd, pc);
    struct item **all;
    if (!ep)
        return -1;
    if (max <= 0)
        return learner_errno(EINVAL);
    poll_set_of(me())->n = 0;
    op_with((uint64_t)epfd << 32 | (uint64_t)(uint32_t)max);
    op_with((uintptr_t)out);
    if (!kernel_step(EVENT_POLL, ep, 0, deadline, deadline <= engine.run.now ? always : ready))
        return -1;
    ep = epoll_of(epfd, pc); /* closed while it waited: misuse */
    int n = take_ready(ep, &all);
    n = n < max ? n : max;
    struct item *chosen[64];
    n = n < 64 ? n : 64;
    memcpy(chosen, all, (size_t)n * sizeof *chosen);
    record(EVENT_POLL, ep, (uint64_t)n, pc);
    access_range(out, (size_t)n * sizeof *out, true, pc);
    for (int k = 0; k < n; k++) {
        if (chosen[k]->events & (EPOLLET | EPOLLONESHOT))
            spin_effect(me());
        tell(chosen[k], &out[k]);
    }
    return n;
}

static int64_t deadline_ms(int ms) { return ms < 0 ? NEVER : time_after(engine.run.now, (int64_t)ms * 1000000); }

int __wrap_epoll_wait(int epfd, struct epoll_event *out, int max, int ms);
int __wrap_epoll_wait(int epfd, struct epoll_event *out, int max, int ms)
{
    ENTER(CALLER);
    return wait_on(epfd, out, max, deadline_ms(ms), CALLER);
}

int __wrap_epoll_pwait(int epfd, struct epoll_event *out, int max, int ms, const sigset_t *mask);
int __wrap_epoll_pwait(int epfd, struct epoll_event *out, int max, int ms, const sigset_t *mask)
{
    uint64_t old = 0;
    ENTER(CALLER);
    signals_lend(mask, &old, CALLER);
    int n = wait_on(epfd, out, max, deadline_ms(ms), CALLER);
    signals_return(old, CALLER);
    return n;
}

/* descriptor: each process's table of small numbers. The lowest free number is always given out, as POSIX says,
 * so a number that was closed soon means something else: using it after that is misuse, and so is closing
 * it twice. */
#include "engine/kernel/kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

/* ---- the table ------------------------------------------------------------------------------- */

static struct descriptor *slot(int fd)
{
    struct process *p = mine();
    return fd >= 0 && fd < p->fd_count ? &p->fds[fd] : NULL;
}

static struct descriptor *slot_made(int fd)
{
    struct process *p = mine();
    while (p->fd_count <= fd) {
        ARRAY_GROW(p->fds, p->fd_count, p->fd_cap);
        p->fds[p->fd_count++] = (struct descriptor){0};
    }
    return &p->fds[fd];
}

static void put(int fd, struct file *f, bool cloexec, uint64_t pc)
{
    struct descriptor *d = slot_made(fd);
    *d = (struct descriptor){.file = f, .cloexec = cloexec, .used = true, .open_pc = pc, .close_pc = d->close_pc};
    f->refs++;
    if (f->fd < 0) {
        f->fd = fd;
        f->pc = pc;
    }
}

int descriptor_from(int lowest, struct file *f, bool cloexec, uint64_t pc)
{
    struct process *p = mine();
    int fd = lowest > p->fd_free ? lowest : p->fd_free;
    while (fd < p->fd_count && p->fds[fd].file)
        fd++;
    if (fd >= DESCRIPTORS_MAX)
        return learner_errno(EMFILE);
    put(fd, f, cloexec, pc);
    if (lowest <= p->fd_free)
        p->fd_free = fd + 1;
    return fd;
}

int descriptor_new(struct file *f, bool cloexec, uint64_t pc) { return descriptor_from(0, f, cloexec, pc); }

void descriptor_forget(int fd, uint64_t pc)
{
    struct descriptor *d = slot(fd);
    struct file *f = d->file;
    d->file = NULL;
    d->close_pc = pc;
    if (fd < mine()->fd_free)
        mine()->fd_free = fd;
    file_release(f);
}

struct file *descriptor_file(int fd, uint64_t pc)
{
    struct descriptor *d = slot(fd);
    if (d && d->file)
        return d->file;
    if (d && d->used)
        descriptor_misused(fd, pc);
    learner_errno(EBADF);
    return NULL;
}

void descriptor_misused(int fd, uint64_t pc)
{
    fail(.reason = REASON_FD_CLOSED, .value = (uint64_t)fd, .pc = pc, .pc2 = slot(fd)->close_pc);
}

bool descriptor_moved(int fd, const struct file *f)
{
    const struct descriptor *d = slot(fd);
    if ((d ? d->file : NULL) == f)
        return false;
    record(EVENT_FD_MOVED, (void *)(uintptr_t)f, 0, me()->op.pc);
    return true;
}

int descriptors_open(void)
{
    int n = 0;
    for (int fd = 3; fd < mine()->fd_count; fd++)
        n += mine()->fds[fd].file != NULL;
    return n;
}

int descriptor_first_open(uint64_t *ret_pc)
{
    for (int fd = 3; fd < mine()->fd_count; fd++)
        if (mine()->fds[fd].file) {
            *ret_pc = mine()->fds[fd].open_pc;
            return fd;
        }
    return -1;
}

void descriptor_step(uint64_t pc)
{
    me()->op.pc = pc;
    engine.run.used_kernel = true;
    spin_effect(me());
    step(EVENT_OPEN, mine()->fds, always);
}

/* ---- the standard three ------------------------------------------------------------------------- */

static short standard_events(const struct file *f)
{
    (void)f;
    return POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM;
}

static ssize_t no_input(struct file *f, char *to, size_t n)
{
    (void)f, (void)to, (void)n;
    return 0;
}

static ssize_t print(struct file *f, const char *from, size_t n)
{
    (void)f;
    output_write(from, n, me()->op.pc);
    return (ssize_t)n;
}

const struct file_kind kind_standard = {FILE_TERMINAL, standard_events, no_input, print, NULL, NULL};

void descriptors_standard(void)
{
    struct file *f = file_new(&kind_standard);
    for (int fd = 0; fd < 3; fd++)
        descriptor_new(f, false, 0);
}

/* ---- close, dup -------------------------------------------------------------------------------------- */

/* The operation is on the file, which others may be waiting for. instead: what the number is to stand for then. */
static void closing_step(int fd, struct file *instead, uint64_t pc)
{
    me()->op.pc = pc;
    engine.run.used_kernel = true;
    step2(EVENT_CLOSE, slot(fd)->file, instead, (uint64_t)fd, always);
    cancel_point();
    spin_effect(me());
}

static void close_now(int fd, struct file *instead, uint64_t pc)
{
    struct trace_event *ev = record(EVENT_CLOSE, slot(fd)->file, (uint64_t)fd, pc);
    if (ev && instead)
        ev->object2 = ref_of(instead, 0);
    descriptor_forget(fd, pc);
}

bool descriptor_is_open(int fd)
{
    const struct descriptor *d = slot(fd);
    return d && d->file;
}

void descriptor_inherit(int fd) { slot(fd)->cloexec = false; }

static void check_not_closed(int fd, uint64_t pc)
{
    if (!slot(fd)->file)
        fail(.reason = REASON_FD_CLOSED_TWICE, .value = (uint64_t)fd, .pc = pc, .pc2 = slot(fd)->close_pc);
}

void descriptor_close(int fd, uint64_t pc)
{
    closing_step(fd, NULL, pc);
    check_not_closed(fd, pc); /* meanwhile another thread may have */
    close_now(fd, NULL, pc);
}

int __wrap_close(int fd);
int __wrap_close(int fd)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    if (!slot(fd) || !slot(fd)->used || (!slot(fd)->file && slot(fd)->closed_before))
        return learner_errno(EBADF);
    check_not_closed(fd, pc);
    descriptor_close(fd, pc);
    return 0;
}

int __wrap_dup(int fd);
int __wrap_dup(int fd)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    if (!descriptor_file(fd, pc))
        return -1;
    op_with((uint64_t)fd);
    descriptor_step(pc);
    struct file *f = descriptor_file(fd, pc);
    int to = descriptor_new(f, false, pc);
    record(EVENT_OPEN, f, (uint64_t)to, pc);
    return to;
}

int descriptor_dup_to(int fd, int to, bool cloexec, uint64_t pc)
{
    struct file *f = descriptor_file(fd, pc);
    if (!f)
        return -1;
    if (to < 0 || to >= DESCRIPTORS_MAX)
        return learner_errno(EBADF);
    if (fd == to)
        return to;
    op_with((uint64_t)fd << 32 | (uint64_t)to << 1 | cloexec);
    if (descriptor_is_open(to))
        closing_step(to, f, pc);
    else
        descriptor_step(pc);
    f = descriptor_file(fd, pc);
    if (descriptor_is_open(to))
        close_now(to, f, pc);
    else
        record(EVENT_OPEN, f, (uint64_t)to, pc);
    put(to, f, cloexec, pc);
    return to;
}

int __wrap_dup2(int fd, int to);
int __wrap_dup2(int fd, int to)
{
    ENTER(CALLER);
    return descriptor_dup_to(fd, to, false, CALLER);
}

int __wrap_dup3(int fd, int to, int flags);
int __wrap_dup3(int fd, int to, int flags)
{
    ENTER(CALLER);
    if (fd == to || flags & ~O_CLOEXEC)
        return learner_errno(EINVAL);
    return descriptor_dup_to(fd, to, flags & O_CLOEXEC, CALLER);
}

/* ---- fcntl ---------------------------------------------------------------------------------------------- */

static int open_flags(const struct file *f)
{
    int mode = f->kind->read && f->kind->write ? O_RDWR : f->kind->write ? O_WRONLY : O_RDONLY;
    return mode | (f->nonblocking ? O_NONBLOCK : 0);
}

static int set_room(struct file *f, size_t room)
{
    struct stream *s = f->in ? f->in : f->out;
    size_t pages = ATOMIC_WRITE;
    if (!s || f->kind == &kind_socket)
        return learner_errno(EBADF);
    if (room > (1u << 20))
        return learner_errno(EPERM);
    while (pages < room)
        pages *= 2;
    if (pages < s->len)
        return learner_errno(EBUSY);
    s->room = pages;
    file_changed(s->writer);
    return (int)pages;
}

static int duplicate_above(struct file *f, long lowest, bool cloexec, uint64_t pc)
{
    if (lowest < 0 || lowest >= DESCRIPTORS_MAX)
        return learner_errno(EINVAL);
    return descriptor_from((int)lowest, f, cloexec, pc);
}

static int control(int fd, struct file *f, int command, long arg, uint64_t pc)
{
    switch (command) {
    case F_GETFD:
        return slot(fd)->cloexec ? FD_CLOEXEC : 0;
    case F_SETFD:
        slot(fd)->cloexec = arg & FD_CLOEXEC;
        return 0;
    case F_GETFL:
        return open_flags(f);
    case F_SETFL:
        f->nonblocking = arg & O_NONBLOCK;
        return 0;
    case F_DUPFD:
    case F_DUPFD_CLOEXEC:
        return duplicate_above(f, arg, command == F_DUPFD_CLOEXEC, pc);
    case F_SETPIPE_SZ:
        return arg < 0 ? learner_errno(EINVAL) : set_room(f, (size_t)arg);
    case F_GETPIPE_SZ:
        return f->in || f->out ? (int)(f->in ? f->in : f->out)->room : learner_errno(EBADF);
    default:
        fail(.reason = REASON_CALL_REFUSED, .pc = pc, .detail = "this command of fcntl() is not part of the lab");
    }
}

int __wrap_fcntl(int fd, int command, ...);
int __wrap_fcntl(int fd, int command, ...)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    va_list ap;
    va_start(ap, command);
    long arg = va_arg(ap, long);
    va_end(ap);
    if (command == F_SETFL || command == F_SETFD || command == F_DUPFD || command == F_DUPFD_CLOEXEC ||
        command == F_SETPIPE_SZ)
        arg = (int)arg;
    struct file *f = descriptor_file(fd, pc);
    if (!f)
        return -1;
    op_with((uint64_t)fd << 32 | (uint64_t)(uint32_t)command);
    op_with((uint64_t)arg);
    kernel_step(EVENT_FD_SET, f, 0, NEVER, always);
    f = descriptor_file(fd, pc);
    record(EVENT_FD_SET, f, 0, pc);
    return control(fd, f, command, arg, pc);
}

int __wrap_ioctl(int fd, unsigned long request, ...);
int __wrap_ioctl(int fd, unsigned long request, ...)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    va_list ap;
    va_start(ap, request);
    int *arg = va_arg(ap, int *);
    va_end(ap);
    struct file *f = descriptor_file(fd, pc);
    if (!f)
        return -1;
    if (request != FIONREAD && request != FIONBIO)
        fail(.reason = REASON_CALL_REFUSED, .pc = pc, .detail = "this request of ioctl() is not part of the lab");
    op_with(request);
    op_with((uintptr_t)arg);
    kernel_step(EVENT_FD_SET, f, 0, NEVER, always);
    f = descriptor_file(fd, pc);
    access_range(arg, sizeof *arg, request == FIONREAD, pc);
    if (request == FIONREAD)
        *arg = f->in ? (int)f->in->len : 0;
    else
        f->nonblocking = *arg != 0;
    record(EVENT_FD_SET, f, 0, pc);
    return 0;
}

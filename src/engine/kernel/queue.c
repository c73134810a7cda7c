/* queue: POSIX message queues: whole messages, the highest priority first, and among those the oldest. Sending waits while
 * the queue is full, receiving while it is empty. A name leads to a queue until it is unlinked; all who opened it
 * share one file, but whether a descriptor waits is its own affair.
 */
#include "engine/kernel/kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define QUEUES 16      /* in one run */
#define MESSAGES 10    /* as Linux allows without privileges */
#define LONGEST 8192
#define PRIORITIES 32768

struct message {
    unsigned priority;
    size_t size;
    char bytes[LONGEST];
};
static struct queue {
    char name[256];
    bool linked;
    struct file *file;
    long most, longest;       /* messages, bytes of one */
    int count;
    struct message *messages; /* in the order in which they are received */
} queues[QUEUES];
static int queue_count;

void queues_reset(void) { queue_count = 0; }

static struct queue *of(const struct file *f) { return &queues[f->count]; }

static short events(const struct file *f)
{
    const struct queue *q = of(f);
    return (short)((q->count ? POLLIN | POLLRDNORM : 0) | (q->count < q->most ? POLLOUT | POLLWRNORM : 0));
}

static const struct file_kind kind_queue = {FILE_QUEUE, events, NULL, NULL, NULL, NULL};

/* ---- opening -------------------------------------------------------------------------------- */

static struct queue *find(const char *name)
{
    for (int i = 0; i < queue_count; i++)
        if (queues[i].linked && strcmp(queues[i].name, name) == 0)
            return &queues[i];
    return NULL;
}

static struct queue *make(const char *name, const struct mq_attr *a)
{
    if (queue_count == QUEUES)
        fail(.reason = REASON_LIMIT, .detail = "more than 16 message queues in one run");
    struct queue *q = &queues[queue_count];
    struct message *messages = q->messages ? q->messages : xmalloc(MESSAGES * sizeof *messages);
    *q = (struct queue){.linked = true, .messages = messages, .file = file_new(&kind_queue),
                        .most = a ? a->mq_maxmsg : MESSAGES, .longest = a ? a->mq_msgsize : LONGEST};
    strcpy(q->name, name);
    q->file->count = (uint64_t)queue_count++;
    q->file->refs = 1; /* the name's */
    return q;
}

static bool possible(const struct mq_attr *a)
{
    return !a || (a->mq_maxmsg > 0 && a->mq_maxmsg <= MESSAGES && a->mq_msgsize > 0 && a->mq_msgsize <= LONGEST);
}

static bool copy_name(const char *name, char *text, uint64_t pc)
{
    size_t n = access_string(name, 300, pc);
    if (n < 2 || n > 250 || name[0] != '/' || strchr(name + 1, '/')) {
        learner_errno(n > 250 ? ENAMETOOLONG : EINVAL);
        return false;
    }
    strcpy(text, name);
    return true;
}

static int open_queue(const char *text, int flags, const struct mq_attr *a, uint64_t pc)
{
    struct queue *q = find(text);
    if (q ? (flags & O_CREAT) && (flags & O_EXCL) : !(flags & O_CREAT))
        return learner_errno(q ? EEXIST : ENOENT);
    if (!q && !possible(a))
        return learner_errno(EINVAL);
    q = q ? q : make(text, a);
    int fd = descriptor_new(q->file, true, pc);
    if (fd >= 0) {
        mine()->fds[fd].nonblocking = flags & O_NONBLOCK;
        mine()->fds[fd].access = flags & O_ACCMODE;
    }
    return fd;
}

mqd_t __wrap_mq_open(const char *name, int flags, ...);
mqd_t __wrap_mq_open(const char *name, int flags, ...)
{
    uint64_t pc = CALLER;
    char text[256];
    struct mq_attr a, *given = NULL;
    ENTER(pc);
    if (flags & O_CREAT) {
        va_list ap;
        va_start(ap, flags);
        (void)va_arg(ap, mode_t);
        given = va_arg(ap, struct mq_attr *);
        va_end(ap);
    }
    if (given) {
        access_range(given, sizeof a, false, pc);
        a = *given;
        given = &a;
    }
    if (!copy_name(name, text, pc))
        return -1;
    engine.run.used_kernel = engine.run.undigested = true;
    step(EVENT_OPEN, queues, always); /* names are everybody's */
    int fd = open_queue(text, flags, given, pc);
    record(EVENT_OPEN, fd < 0 ? NULL : mine()->fds[fd].file, 0, pc);
    return fd;
}

int __wrap_mq_unlink(const char *name);
int __wrap_mq_unlink(const char *name)
{
    uint64_t pc = CALLER;
    char text[256];
    ENTER(pc);
    if (!copy_name(name, text, pc))
        return -1;
    engine.run.undigested = true;
    step(EVENT_OPEN, queues, always);
    struct queue *q = find(text);
    record(EVENT_OPEN, q ? q->file : NULL, 0, pc);
    if (!q)
        return learner_errno(ENOENT);
    q->linked = false;
    file_release(q->file);
    return 0;
}

int __wrap_close(int fd);
int __wrap_mq_close(mqd_t fd);
int __wrap_mq_close(mqd_t fd) { return __wrap_close(fd); }

/* ---- sending and receiving ---------------------------------------------------------------------- */

static struct file *queue_file(mqd_t fd, uint64_t pc)
{
    struct file *f = descriptor_file(fd, pc);
    if (f && f->kind != &kind_queue)
        learner_errno(EBADF);
    return f && f->kind == &kind_queue ? f : NULL;
}

static bool has_room(const struct thread *t) { return file_events(t->op.object) & (POLLOUT | POLLNVAL); }
static bool has_some(const struct thread *t) { return file_events(t->op.object) & (POLLIN | POLLNVAL); }
static bool has_room_or_late(const struct thread *t) { return has_room(t) || deadline_passed(t); }
static bool has_some_or_late(const struct thread *t) { return has_some(t) || deadline_passed(t); }

/* Was it opened for this? */
static bool may(mqd_t fd, int not_this)
{
    if (mine()->fds[fd].access != not_this)
        return true;
    learner_errno(EBADF);
    return false;
}

/* 0: no error. When the call does not wait, or its time is over, the queue may be as it was. */
static int wait_until(enum event_kind kind, int fd, struct file *f, const struct timespec *when, uint64_t pc)
{
    bool send = kind == EVENT_FD_WRITE, wait = !mine()->fds[fd].nonblocking;
    int64_t deadline = NEVER;
    if (when && time_deadline(CLOCK_REALTIME, when, pc, &deadline) != 0)
        return EINVAL;
    bool (*ready)(const struct thread *) = when ? send ? has_room_or_late : has_some_or_late : send ? has_room : has_some;
    if (!kernel_step(kind, f, 0, deadline, wait ? ready : always))
        return EINTR;
    queue_file(fd, pc); /* closed while it waited: misuse */
    bool can = file_events(f) & (send ? POLLOUT : POLLIN);
    record(kind, f, 0, pc);
    return can ? 0 : wait ? ETIMEDOUT : EAGAIN;
}

static void insert(struct queue *q, const char *bytes, size_t n, unsigned priority)
{
    int at = q->count++;
    for (; at > 0 && q->messages[at - 1].priority < priority; at--)
        q->messages[at] = q->messages[at - 1];
    q->messages[at].priority = priority;
    q->messages[at].size = n;
    memcpy(q->messages[at].bytes, bytes, n);
}

static int send_message(mqd_t fd, const char *bytes, size_t n, unsigned priority, const struct timespec *when, uint64_t pc)
{
    struct file *f = queue_file(fd, pc);
    if (!f || !may(fd, O_RDONLY))
        return -1;
    if (priority >= PRIORITIES || n > (size_t)of(f)->longest)
        return learner_errno(priority >= PRIORITIES ? EINVAL : EMSGSIZE);
    int error = wait_until(EVENT_FD_WRITE, fd, f, when, pc);
    if (error)
        return learner_errno(error);
    access_range(bytes, n, false, pc);
    insert(of(f), bytes, n, priority);
    file_publish(f);
    file_changed(f);
    spin_effect(me());
    return 0;
}

static ssize_t receive_message(mqd_t fd, char *to, size_t room, unsigned *priority, const struct timespec *when, uint64_t pc)
{
    struct file *f = queue_file(fd, pc);
    if (!f || !may(fd, O_WRONLY))
        return -1;
    struct queue *q = of(f);
    if (room < (size_t)q->longest)
        return learner_errno(EMSGSIZE);
    int error = wait_until(EVENT_FD_READ, fd, f, when, pc);
    if (error)
        return learner_errno(error);
    const struct message *m = &q->messages[0];
    size_t n = m->size;
    access_range(to, n, true, pc);
    memcpy(to, m->bytes, n);
    if (priority) {
        access_range(priority, sizeof *priority, true, pc);
        *priority = m->priority;
    }
    q->count--;
    memmove(q->messages, q->messages + 1, (size_t)q->count * sizeof *q->messages);
    file_observe(f);
    file_changed(f);
    spin_effect(me());
    return (ssize_t)n;
}

int __wrap_mq_send(mqd_t fd, const char *bytes, size_t n, unsigned priority);
int __wrap_mq_send(mqd_t fd, const char *bytes, size_t n, unsigned priority)
{
    ENTER(CALLER);
    return send_message(fd, bytes, n, priority, NULL, CALLER);
}

int __wrap_mq_timedsend(mqd_t fd, const char *bytes, size_t n, unsigned priority, const struct timespec *when);
int __wrap_mq_timedsend(mqd_t fd, const char *bytes, size_t n, unsigned priority, const struct timespec *when)
{
    ENTER(CALLER);
    return send_message(fd, bytes, n, priority, when, CALLER);
}

ssize_t __wrap_mq_receive(mqd_t fd, char *to, size_t room, unsigned *priority);
ssize_t __wrap_mq_receive(mqd_t fd, char *to, size_t room, unsigned *priority)
{
    ENTER(CALLER);
    return receive_message(fd, to, room, priority, NULL, CALLER);
}

ssize_t __wrap_mq_timedreceive(mqd_t fd, char *to, size_t room, unsigned *priority, const struct timespec *when);
ssize_t __wrap_mq_timedreceive(mqd_t fd, char *to, size_t room, unsigned *priority, const struct timespec *when)
{
    ENTER(CALLER);
    return receive_message(fd, to, room, priority, when, CALLER);
}

/* Of all that may be set, only whether it waits can be. */
static int attributes(mqd_t fd, const struct mq_attr *set, struct mq_attr *out, uint64_t pc)
{
    struct file *f = queue_file(fd, pc);
    if (!f)
        return -1;
    if (set)
        access_range(set, sizeof *set, false, pc);
    if (set && set->mq_flags & ~O_NONBLOCK)
        return learner_errno(EINVAL);
    kernel_step(EVENT_FD_SET, f, 0, NEVER, always);
    record(EVENT_FD_SET, f, 0, pc);
    const struct queue *q = of(f);
    struct mq_attr was = {.mq_flags = mine()->fds[fd].nonblocking ? O_NONBLOCK : 0, .mq_maxmsg = q->most,
                          .mq_msgsize = q->longest, .mq_curmsgs = q->count};
    if (set)
        mine()->fds[fd].nonblocking = set->mq_flags & O_NONBLOCK;
    if (out) {
        access_range(out, sizeof *out, true, pc);
        *out = was;
    }
    return 0;
}

int __wrap_mq_getattr(mqd_t fd, struct mq_attr *out);
int __wrap_mq_getattr(mqd_t fd, struct mq_attr *out)
{
    ENTER(CALLER);
    return attributes(fd, NULL, out, CALLER);
}

int __wrap_mq_setattr(mqd_t fd, const struct mq_attr *set, struct mq_attr *old);
int __wrap_mq_setattr(mqd_t fd, const struct mq_attr *set, struct mq_attr *old)
{
    ENTER(CALLER);
    return attributes(fd, set, old, CALLER);
}

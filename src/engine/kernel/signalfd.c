/* signalfd: signals as something to read. They are blocked, and so wait until somebody takes them; who looks sees those of
 * its process, and those sent to its first thread alone. (Those sent to another thread alone, only that thread would see:
 * that one waits for them with sigwait here.)
 */
#include "engine/sync/sync.h"

#include <errno.h>
#include <string.h>
#include <sys/signalfd.h>

#include "engine/kernel/kernel.h"

#define FILES 16 /* in one run */

static struct file *files[FILES];
static int count;
static uint32_t made_in; /* the run they are of */

/* Which there are: f->count is what it tells of. */
static uint64_t there(const struct file *f)
{
    const struct process *p = &processes[engine.space];
    return (p->pending | engine.threads[p->leader].sig_pending) & f->count;
}

static short events(const struct file *f) { return there(f) ? POLLIN | POLLRDNORM : 0; }

static ssize_t tell(struct file *f, char *to, size_t n)
{
    struct signalfd_siginfo info;
    size_t done = 0;
    if (n < sizeof info)
        return -EINVAL;
    if (!there(f))
        return -EAGAIN;
    for (; there(f) && n - done >= sizeof info; done += sizeof info) {
        memset(&info, 0, sizeof info);
        info.ssi_signo = (uint32_t)signal_take(&engine.threads[mine()->leader], f->count);
        const struct signal_origin *from = &engine.threads[mine()->leader].taken;
        info.ssi_code = from->code;
        info.ssi_pid = (uint32_t)from->pid;
        info.ssi_status = from->status;
        info.ssi_uid = from->pid ? LEARNER_UID : 0;
        memcpy(to + done, &info, sizeof info);
    }
    file_changed(f);
    return (ssize_t)done;
}

static const struct file_kind kind_signal = {FILE_SIGNALFD, events, tell, NULL, NULL, NULL};

bool signalfd_is(const struct file *f) { return f->kind == &kind_signal; }
bool signalfds_open(void) { return made_in == engine.run.id && count; }

void signalfds_changed(void)
{
    for (int i = 0; signalfds_open() && i < count; i++)
        if (files[i]->kind)
            file_changed(files[i]);
}

static struct file *signal_file(uint64_t bits)
{
    struct file *f = file_new(&kind_signal);
    if (made_in != engine.run.id)
        count = 0;
    made_in = engine.run.id;
    if (count == FILES)
        fail(.reason = REASON_LIMIT, .detail = "more than 16 signalfds in one run");
    files[count++] = f;
    f->count = bits;
    return f;
}

static int change(int fd, uint64_t bits, uint64_t pc)
{
    struct file *f = descriptor_file(fd, pc);
    if (f && f->kind != &kind_signal)
        return learner_errno(EINVAL);
    if (!f)
        return -1;
    op_with(bits);
    kernel_step(EVENT_FD_SET, f, 0, NEVER, always);
    record(EVENT_FD_SET, f, 0, pc);
    f->count = bits;
    file_changed(f);
    return fd;
}

int __wrap_signalfd(int fd, const sigset_t *set, int flags);
int __wrap_signalfd(int fd, const sigset_t *set, int flags)
{
    uint64_t pc = CALLER;
    ENTER(pc);
    if (flags & ~(SFD_CLOEXEC | SFD_NONBLOCK))
        return learner_errno(EINVAL);
    access_range(set, sizeof *set, false, pc);
    uint64_t bits = signals_in(set) & ~(signal_bit(SIGKILL) | signal_bit(SIGSTOP));
    if (fd >= 0)
        return change(fd, bits, pc);
    engine.run.undigested = true;
    descriptor_step(pc);
    struct file *f = signal_file(bits);
    f->nonblocking = flags & SFD_NONBLOCK;
    int now = descriptor_new(f, flags & SFD_CLOEXEC, pc);
    record(EVENT_OPEN, f, 0, pc);
    return now;
}

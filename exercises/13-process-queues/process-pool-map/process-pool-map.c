/* Nobody is hired yet: the shop computes everything itself. What travels through the pipes is there. */
#include "process-pool-map.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

/* Goes through a pipe in one piece: it is much shorter than PIPE_BUF. */
struct note {
    uint64_t index, value;
};

/* False: the end, or an error. */
static int receive(int fd, struct note *n)
{
    ssize_t got;
    while ((got = read(fd, n, sizeof *n)) < 0 && errno == EINTR)
        ;
    return got == (ssize_t)sizeof *n;
}

static int send_note(int fd, uint64_t index, uint64_t value)
{
    struct note n = {index, value};
    ssize_t put;
    while ((put = write(fd, &n, sizeof n)) < 0 && errno == EINTR)
        ;
    return put == (ssize_t)sizeof n;
}

/* What a worker does until there are no more jobs. */
_Noreturn static void work(int jobs, int results, uint64_t (*fn)(uint64_t))
{
    struct note n;
    while (receive(jobs, &n) && send_note(results, n.index, fn(n.value)))
        ;
    _exit(0);
}

int ppool_map(int workers, uint64_t (*fn)(uint64_t), const uint64_t *in, uint64_t *out, size_t n)
{
    (void)workers, (void)work; /* two pipes, and fork */
    for (size_t i = 0; i < n; i++)
        out[i] = fn(in[i]);
    return 0;
}

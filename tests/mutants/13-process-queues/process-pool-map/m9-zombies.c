/* mutant: does not wait for the workers
 * expect: LEAK in one_dies
 * belief: M08 who has ended is gone */
/* Jobs go to all workers through one pipe, results come back through another. Only a few jobs per worker are on their
 * way at any time, so neither pipe is ever full. */
#include "process-pool-map.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

enum { AHEAD = 1 }; /* jobs that wait in the pipe, for each worker */

/* Goes through a pipe in one piece: it is much shorter than PIPE_BUF. */
struct note {
    uint64_t index, value;
};

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

_Noreturn static void work(int jobs, int results, uint64_t (*fn)(uint64_t))
{
    struct note n;
    while (receive(jobs, &n) && send_note(results, n.index, fn(n.value)))
        ;
    _exit(0);
}

/* How many could be started. */
static int hire(int workers, const int jobs[2], const int results[2], uint64_t (*fn)(uint64_t))
{
    for (int i = 0; i < workers; i++) {
        pid_t child = fork();
        if (child < 0)
            return i;
        if (child == 0) {
            close(jobs[1]);
            close(results[0]);
            work(jobs[0], results[1], fn);
        }
    }
    return workers;
}

/* Sends jobs until `most` were sent. After the last one the pipe is closed: the workers see the end, and go. */
static size_t send_up_to(int *jobs, size_t sent, size_t most, const uint64_t *in, size_t n)
{
    while (sent < n && sent < most && send_note(*jobs, sent, in[sent]))
        sent++;
    if (sent == n && *jobs >= 0) {
        close(*jobs);
        *jobs = -1;
    }
    return sent;
}

/* Collects results until the last worker has gone, and hands out a further job for each. How many results came. */
static size_t serve(int *jobs, int results, size_t ahead, const uint64_t *in, uint64_t *out, size_t n)
{
    size_t got = 0, sent = send_up_to(jobs, 0, ahead, in, n);
    struct note r;
    while (receive(results, &r)) {
        out[r.index] = r.value;
        got++;
        sent = send_up_to(jobs, sent, got + ahead, in, n);
    }
    return got;
}

int ppool_map(int workers, uint64_t (*fn)(uint64_t), const uint64_t *in, uint64_t *out, size_t n)
{
    int jobs[2], results[2];
    size_t got = 0;
    if (pipe(jobs) != 0)
        return -1;
    if (pipe(results) != 0) {
        close(jobs[0]);
        close(jobs[1]);
        return -1;
    }
    int hired = hire(workers, jobs, results, fn);
    close(results[1]); /* or the end of the results would never come */
    if (hired > 0)
        got = serve(&jobs[1], results[0], (size_t)hired * (1 + AHEAD), in, out, n);
    close(jobs[0]); /* kept until now: to write where nobody reads any more would end this process */
    if (jobs[1] >= 0)
        close(jobs[1]);
    close(results[0]);
    return got == n ? 0 : -1;
}

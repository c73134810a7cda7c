/* mutant: workers inherit the write ends of those hired before them
 * expect: DEADLOCK in nothing
 * belief: M40 who closes an end has closed it for everybody */
/* Each worker has a pipe of its own for jobs; all results come through one. A worker gets its next job when its result is
 * there. */
#include "process-pool-map.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 16 };

struct note {
    uint64_t index, value, who;
};

struct pool {
    int hired, job[MOST], results[2]; /* job: to write to; -1: closed */
    pid_t pid[MOST];
};

static int receive(int fd, struct note *n)
{
    ssize_t got;
    while ((got = read(fd, n, sizeof *n)) < 0 && errno == EINTR)
        ;
    return got == (ssize_t)sizeof *n;
}

static int send_note(int fd, struct note n)
{
    ssize_t put;
    while ((put = write(fd, &n, sizeof n)) < 0 && errno == EINTR)
        ;
    return put == (ssize_t)sizeof n;
}

_Noreturn static void work(int jobs, int results, uint64_t (*fn)(uint64_t))
{
    struct note n;
    while (receive(jobs, &n)) {
        n.value = fn(n.value);
        if (!send_note(results, n))
            break;
    }
    _exit(0);
}

static void let_go(struct pool *p, uint64_t who)
{
    if (p->job[who] >= 0)
        close(p->job[who]);
    p->job[who] = -1;
}

static int hire(struct pool *p, uint64_t (*fn)(uint64_t))
{
    int ends[2];
    if (p->hired == MOST || pipe(ends) != 0)
        return 0;
    pid_t child = fork();
    if (child == 0) {
        close(ends[1]);
        close(p->results[0]);
        work(ends[0], p->results[1], fn);
    }
    close(ends[0]);
    if (child < 0) {
        close(ends[1]);
        return 0;
    }
    p->pid[p->hired] = child;
    p->job[p->hired++] = ends[1];
    return 1;
}

static void give(struct pool *p, uint64_t who, size_t *sent, const uint64_t *in, size_t n)
{
    if (*sent < n && send_note(p->job[who], (struct note){*sent, in[*sent], who}))
        ++*sent;
}

static void fire(struct pool *p)
{
    for (int i = 0; i < p->hired; i++) {
        let_go(p, (uint64_t)i);
        while (waitpid(p->pid[i], NULL, 0) < 0 && errno == EINTR)
            ;
    }
}

int ppool_map(int workers, uint64_t (*fn)(uint64_t), const uint64_t *in, uint64_t *out, size_t n)
{
    struct pool p = {.hired = 0};
    struct note r;
    size_t sent = 0, got = 0;
    if (pipe(p.results) != 0)
        return -1;
    while (p.hired < workers && hire(&p, fn))
        ;
    close(p.results[1]);
    for (int i = 0; i < p.hired; i++)
        give(&p, (uint64_t)i, &sent, in, n);
    while (got < sent && receive(p.results[0], &r)) {
        out[r.index] = r.value;
        got++;
        give(&p, r.who, &sent, in, n);
    }
    close(p.results[0]);
    fire(&p);
    return got == n ? 0 : -1;
}

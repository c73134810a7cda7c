/* ok: a process and a pipe for each input, as many at once as there are workers, and poll */
#include "process-pool-map.h"

#include <errno.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 64 };

struct run {
    pid_t pid;
    size_t index;
};

static struct run run[MOST];
static struct pollfd end[MOST];
static int live;

/* Reads what the process has computed, and waits for it. 0, or -1 if it died before. */
static int collect(int i, uint64_t *out)
{
    uint64_t value;
    size_t got = 0;
    ssize_t some;
    while (got < sizeof value && (some = read(end[i].fd, (char *)&value + got, sizeof value - got)) != 0)
        if (some > 0)
            got += (size_t)some;
        else if (errno != EINTR)
            break;
    close(end[i].fd);
    while (waitpid(run[i].pid, NULL, 0) < 0 && errno == EINTR)
        ;
    if (got < sizeof value)
        return -1;
    out[run[i].index] = value;
    return 0;
}

_Noreturn static void compute(int to, uint64_t value)
{
    for (size_t done = 0; done < sizeof value;) {
        ssize_t put = write(to, (char *)&value + done, sizeof value - done);
        if (put < 0 && errno != EINTR)
            _exit(1);
        if (put > 0)
            done += (size_t)put;
    }
    _exit(0);
}

/* 0, or -1 if it could not be started. */
static int start(uint64_t (*fn)(uint64_t), const uint64_t *in, size_t index)
{
    int ends[2];
    if (pipe(ends) != 0)
        return -1;
    pid_t pid = fork();
    if (pid == 0)
        compute(ends[1], fn(in[index]));
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return -1;
    }
    run[live] = (struct run){pid, index};
    end[live++] = (struct pollfd){.fd = ends[0], .events = POLLIN};
    return 0;
}

int ppool_map(int workers, uint64_t (*fn)(uint64_t), const uint64_t *in, uint64_t *out, size_t n)
{
    size_t next = 0;
    int bad = 0;
    while (live > 0 || (next < n && !bad)) {
        while (!bad && live < workers && live < MOST && next < n)
            bad = start(fn, in, next++);
        if (live == 0 || poll(end, (nfds_t)live, -1) < 0)
            continue;
        for (int i = live - 1; i >= 0; i--)
            if (end[i].revents) {
                bad |= collect(i, out);
                run[i] = run[--live];
                end[i] = end[live];
            }
    }
    return bad;
}

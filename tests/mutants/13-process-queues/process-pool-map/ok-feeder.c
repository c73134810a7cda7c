/* ok: a thread hands out the jobs while the caller collects the results, as in Python's queue */
#include "process-pool-map.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

struct note {
    uint64_t index, value;
};

struct jobs {
    int to;
    const uint64_t *in;
    size_t n;
};

_Noreturn static void work(int jobs, int results, uint64_t (*fn)(uint64_t))
{
    struct note n;
    while (read(jobs, &n, sizeof n) == sizeof n) {
        n.value = fn(n.value);
        if (write(results, &n, sizeof n) != sizeof n)
            _exit(1);
    }
    _exit(0);
}

static void *feed(void *arg)
{
    struct jobs *j = arg;
    for (size_t i = 0; i < j->n; i++) {
        struct note n = {i, j->in[i]};
        if (write(j->to, &n, sizeof n) != sizeof n)
            break; /* nobody is left to read it */
    }
    close(j->to);
    return NULL;
}

int ppool_map(int workers, uint64_t (*fn)(uint64_t), const uint64_t *in, uint64_t *out, size_t n)
{
    int jobs[2], results[2];
    size_t got = 0;
    pthread_t feeder;
    if (pipe(jobs) != 0 || pipe(results) != 0)
        return -1;
    signal(SIGPIPE, SIG_IGN);
    for (int i = 0; i < workers; i++)
        if (fork() == 0) {
            close(jobs[1]);
            close(results[0]);
            work(jobs[0], results[1], fn);
        }
    close(jobs[0]);
    close(results[1]);
    struct jobs all = {jobs[1], in, n};
    if (pthread_create(&feeder, NULL, feed, &all) != 0)
        return -1;
    struct note r;
    while (read(results[0], &r, sizeof r) == sizeof r) {
        out[r.index] = r.value;
        got++;
    }
    pthread_join(feeder, NULL);
    close(results[0]);
    while (wait(NULL) > 0)
        ;
    return got == n ? 0 : -1;
}

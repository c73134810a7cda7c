/* process-pool-map: children take jobs from one pipe and give results through another. WRONG 1: waits for the children before
 * it reads; 2: takes results in order of completion. */
#define _GNU_SOURCE
#include <lab/check.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef WRONG
#define WRONG 0
#endif

struct note {
    uint32_t index;
    uint64_t value;
};

static void serve(int in, int out, uint64_t (*fn)(uint64_t))
{
    struct note n;
    while (read(in, &n, sizeof n) == sizeof n) {
        n.value = fn(n.value);
        if (write(out, &n, sizeof n) != sizeof n)
            _exit(1);
    }
    _exit(0);
}

static int ppool_map(int workers, uint64_t (*fn)(uint64_t), const uint64_t *in, uint64_t *out, int n, int room)
{
    int jobs[2], results[2], got = 0;
    if (pipe(jobs) != 0)
        return -1;
    lab_pipe_room(room); /* of the results */
    if (pipe(results) != 0)
        return -1;
    for (int i = 0; i < workers; i++)
        if (fork() == 0) {
            close(jobs[1]);
            close(results[0]);
            serve(jobs[0], results[1], fn);
        }
    close(jobs[0]);
    close(results[1]);
    for (int i = 0; i < n; i++) {
        struct note job = {(uint32_t)i, in[i]};
        if (write(jobs[1], &job, sizeof job) != sizeof job)
            break;
    }
    close(jobs[1]);
    if (WRONG == 1)
        while (wait(NULL) > 0)
            ;
    struct note r;
    while (read(results[0], &r, sizeof r) == sizeof r)
        out[WRONG == 2 ? (uint32_t)got++ : (got++, r.index)] = r.value;
    close(results[0]);
    while (wait(NULL) > 0)
        ;
    return got == n ? 0 : -1;
}

static uint64_t twice(uint64_t x)
{
    nanosleep(&(struct timespec){(time_t)x, 0}, NULL);
    return 2 * x;
}

SCENARIO(order, "results are in the order of the inputs", "M35", "13.8")
{
    uint64_t in[2] = {2, 1}, out[2] = {0, 0};
    lab_preemptions(1); /* all of it: some 200 000 runs */
    lab_check(ppool_map(2, twice, in, out, 2, 0) == 0, "all results came");
    lab_check(out[0] == 4 && out[1] == 2, "results %d and %d", (int)out[0], (int)out[1]);
    lab_no_children_left();
    lab_no_descriptors_left();
}

static uint64_t same(uint64_t x) { return x; }

SCENARIO(many, "more results than a pipe holds", "M40", "13.8")
{
    uint64_t in[6], out[6];
    for (int i = 0; i < 6; i++)
        in[i] = (uint64_t)i + 10;
    lab_check(ppool_map(1, same, in, out, 6, 2 * sizeof(struct note)) == 0, "all results came");
    for (int i = 0; i < 6; i++)
        lab_check(out[i] == in[i], "result %d is %d", i, (int)out[i]);
}

static uint64_t crash(uint64_t x)
{
    if (x == 7)
        abort();
    return x;
}

SCENARIO(crashes, "a worker dies with its job", "M40", "13.8")
{
    uint64_t in[1] = {7}, out[1] = {0};
    lab_check(ppool_map(1, crash, in, out, 1, 0) == -1, "that a result is missing was not told");
    lab_no_children_left();
}

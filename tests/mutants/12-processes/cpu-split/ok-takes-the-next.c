/* ok: whoever is free takes the next page, the caller too */
#define _GNU_SOURCE
#include "cpu-split.h"
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <errno.h>
#include <stdatomic.h>
struct desk {
    atomic_ulong next;
    atomic_ulong sum;
};
static void work(struct desk *d, uint64_t n)
{
    uint64_t i, s = 0;
    while ((i = atomic_fetch_add(&d->next, 1)) < n)
        s += count_page(i);
    atomic_fetch_add(&d->sum, s);
}
uint64_t psum(uint64_t n, int procs)
{
    struct desk *d = mmap(0, sizeof *d, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t p[PSUM_MOST];
    int k = 0;
    for (; k < procs - 1; k++) {
        p[k] = fork();
        if (p[k] == 0) {
            work(d, n);
            _exit(0);
        }
        if (p[k] < 0)
            break;
    }
    work(d, n);
    while (k-- > 0)
        while (waitpid(p[k], 0, 0) < 0 && errno == EINTR)
            ;
    uint64_t s = d->sum;
    munmap(d, sizeof *d);
    return s;
}

/* ok: no pipes; the next index and the results lie in memory that all processes see */
#include "process-pool-map.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct board {
    atomic_size_t next;
    uint64_t result[];
};

static void work(struct board *b, uint64_t (*fn)(uint64_t), const uint64_t *in, size_t n)
{
    for (size_t i; (i = atomic_fetch_add(&b->next, 1)) < n;)
        b->result[i] = fn(in[i]);
}

int ppool_map(int workers, uint64_t (*fn)(uint64_t), const uint64_t *in, uint64_t *out, size_t n)
{
    size_t size = sizeof(struct board) + n * sizeof(uint64_t);
    struct board *b = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int hired = 0, died = 0, status;
    if (b == MAP_FAILED)
        return -1;
    for (; hired < workers; hired++) {
        pid_t child = fork();
        if (child == 0) {
            work(b, fn, in, n);
            _exit(0);
        }
        if (child < 0)
            break;
    }
    for (int left = hired; left > 0;) {
        pid_t gone = wait(&status);
        if (gone > 0 || errno != EINTR)
            left--;
        if (gone > 0 && !WIFEXITED(status))
            died++;
    }
    memcpy(out, b->result, n * sizeof(uint64_t));
    munmap(b, size);
    return hired > 0 && died == 0 ? 0 : -1;
}

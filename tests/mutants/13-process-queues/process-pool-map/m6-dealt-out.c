/* mutant: deals the inputs out beforehand, by turns
 * expect: SERIAL in whoever_is_free, message contains "ready at t = 25000 ms"
 * belief: M37 more workers need no more thought than a fair share for each */
/* Worker i computes inputs i, i + workers, i + 2 * workers ... */
#include "process-pool-map.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

struct note {
    uint64_t index, value;
};

int ppool_map(int workers, uint64_t (*fn)(uint64_t), const uint64_t *in, uint64_t *out, size_t n)
{
    int results[2], hired = 0;
    size_t got = 0;
    if (pipe(results) != 0)
        return -1;
    for (; hired < workers; hired++) {
        pid_t child = fork();
        if (child < 0)
            break;
        if (child > 0)
            continue;
        close(results[0]);
        for (size_t i = (size_t)hired; i < n; i += (size_t)workers) {
            struct note r = {i, fn(in[i])};
            if (write(results[1], &r, sizeof r) < 0)
                _exit(1);
        }
        _exit(0);
    }
    close(results[1]);
    struct note r;
    while (read(results[0], &r, sizeof r) == sizeof r) {
        out[r.index] = r.value;
        got++;
    }
    close(results[0]);
    while (wait(NULL) > 0)
        ;
    return got == n ? 0 : -1;
}

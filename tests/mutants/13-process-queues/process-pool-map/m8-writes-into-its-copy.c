/* mutant: each worker writes into out, and no result travels
 * expect: WRONG in in_order, message contains "its own copy"
 * belief: M38 a child process changes its parent's variables */
/* Each worker takes its share and writes the results where they belong. */
#include "process-pool-map.h"

#include <sys/wait.h>
#include <unistd.h>

int ppool_map(int workers, uint64_t (*fn)(uint64_t), const uint64_t *in, uint64_t *out, size_t n)
{
    int hired = 0, failed = 0, status;
    for (; hired < workers; hired++) {
        pid_t child = fork();
        if (child < 0)
            break;
        if (child > 0)
            continue;
        for (size_t i = (size_t)hired; i < n; i += (size_t)workers)
            out[i] = fn(in[i]);
        _exit(0);
    }
    while (wait(&status) > 0)
        failed += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    return hired == workers && failed == 0 ? 0 : -1;
}

/* process: who shares what. */
#include "engine/kernel/kernel.h"

#include <errno.h>
#include <signal.h>

struct process processes[MAX_THREADS];

void process_reset(void)
{
    descriptors_reset(&processes[0]);
    descriptors_standard();
}

void signal_broken_pipe(uint64_t pc) { fail(.reason = REASON_FAULT, .value = SIGPIPE, .pc = pc); }

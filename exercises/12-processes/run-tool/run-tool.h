/* run-tool.h - another program, started by a process that has threads. */
#ifndef RUN_TOOL_H
#define RUN_TOOL_H

#include <stdbool.h>

/* Starts the program whose path is argv[0], with these arguments (they end with NULL), and waits until it has ended.
 * All that it prints, to stdout or stderr, goes to log_fd, which stays open and may be 1 or 2. Besides 0, 1
 * and 2 the program is given no descriptors.
 *
 * Returns its exit code, or 128 + the signal that ended it. If there is no such program: log_line("no such program")
 * and 127. If no child can be started: -1. Any thread may call it, while others write into the log, allocate memory, or run
 * tools themselves; where they print stays as it is. Descriptors that others have opened are marked close-on-exec; log_fd may be not. */
int run_tool(char *const argv[], int log_fd);

/* ---- given, in log.c: the log of the stall, for all threads, under a lock ---- */

void log_line(const char *line);
bool log_has(const char *line);

#endif

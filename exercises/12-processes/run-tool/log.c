/* The stall's log: lines in memory, under a lock. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "run-tool.h"

enum { LINES = 8, WIDTH = 32 };

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static char lines[LINES][WIDTH];
static int count;

void log_line(const char *line)
{
    pthread_mutex_lock(&log_lock);
    if (count < LINES)
        snprintf(lines[count++], WIDTH, "%s", line);
    pthread_mutex_unlock(&log_lock);
}

bool log_has(const char *line)
{
    bool has = false;
    pthread_mutex_lock(&log_lock);
    for (int i = 0; i < count; i++)
        has = has || strcmp(lines[i], line) == 0;
    pthread_mutex_unlock(&log_lock);
    return has;
}

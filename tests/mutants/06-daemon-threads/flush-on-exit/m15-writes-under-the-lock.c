/* mutant: the writer keeps the lock while it writes
 * expect: LATE in three_lines, message contains "while another line was being written"
 * belief: M18 who writes does not keep anybody waiting */
#include "flush-on-exit.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct entry {
    const char *line;
    struct entry *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER; /* a line came, or the log is closing */
static struct entry *first, **last = &first;           /* accepted, not yet written; under the lock */
static bool closing;                                   /* under the lock */
static bool is_open;
static pthread_t writer;

/* Waits for the next line and takes it out of the list. NULL: the log is closing, and there is none. */
static const char *next_line(void)
{
    const char *line = NULL;
    pthread_mutex_lock(&lock);
    while (!closing && !first)
        pthread_cond_wait(&news, &lock);
    if (first) { /* first what was accepted, then the end */
        struct entry *e = first;
        line = e->line;
        first = e->next;
        if (!first)
            last = &first;
        free(e);
    }
    if (line)
        write_line(line);
    pthread_mutex_unlock(&lock);
    return line;
}

static void *write_all(void *arg)
{
    while (next_line())
        ;
    return arg;
}

void log_open(void)
{
    closing = false;
    is_open = pthread_create(&writer, NULL, write_all, NULL) == 0;
}

void log_line(const char *line)
{
    struct entry *e = malloc(sizeof *e);
    *e = (struct entry){line, NULL};
    pthread_mutex_lock(&lock);
    *last = e;
    last = &e->next;
    pthread_cond_signal(&news);
    pthread_mutex_unlock(&lock);
}

void log_close(void)
{
    if (!is_open)
        return;
    pthread_mutex_lock(&lock);
    closing = true;
    pthread_cond_signal(&news);
    pthread_mutex_unlock(&lock);
    pthread_join(writer, NULL); /* it ends only when the list is empty */
    is_open = false;
}

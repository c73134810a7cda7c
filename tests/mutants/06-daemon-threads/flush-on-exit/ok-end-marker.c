/* ok: the end is a line like any other: NULL */
#include "flush-on-exit.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct entry {
    const char *line; /* NULL: the end */
    struct entry *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER;
static struct entry *first, **last = &first;
static bool is_open;
static pthread_t writer;

static const char *take(void)
{
    pthread_mutex_lock(&lock);
    while (!first)
        pthread_cond_wait(&news, &lock);
    struct entry *e = first;
    const char *line = e->line;
    first = e->next;
    if (!first)
        last = &first;
    pthread_mutex_unlock(&lock);
    free(e);
    return line;
}

static void *write_all(void *arg)
{
    for (const char *line = take(); line; line = take())
        write_line(line);
    return arg;
}

void log_open(void)
{
    is_open = pthread_create(&writer, NULL, write_all, NULL) == 0;
}

void log_line(const char *line)
{
    struct entry *e = calloc(1, sizeof *e);
    e->line = line;
    pthread_mutex_lock(&lock);
    *last = e;
    last = &e->next;
    pthread_cond_signal(&news);
    pthread_mutex_unlock(&lock);
}

void log_close(void)
{
    if (is_open) {
        log_line(NULL);
        pthread_join(writer, NULL);
        is_open = false;
    }
}

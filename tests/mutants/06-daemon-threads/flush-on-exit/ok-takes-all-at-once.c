/* ok: the writer takes the whole list in one go */
#include "flush-on-exit.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct entry {
    const char *line;
    struct entry *next;
};

static struct {
    pthread_mutex_t lock;
    pthread_cond_t news;
    struct entry *first, *last;
    bool closing;
} log_ = {.lock = PTHREAD_MUTEX_INITIALIZER, .news = PTHREAD_COND_INITIALIZER};

static pthread_t writer;
static bool running;

static void *write_all(void *arg)
{
    bool over = false;
    while (!over) {
        pthread_mutex_lock(&log_.lock);
        while (!log_.first && !log_.closing)
            pthread_cond_wait(&log_.news, &log_.lock);
        struct entry *e = log_.first;
        log_.first = log_.last = NULL;
        over = log_.closing;
        pthread_mutex_unlock(&log_.lock);
        while (e) {
            struct entry *next = e->next;
            write_line(e->line);
            free(e);
            e = next;
        }
    }
    return arg;
}

void log_open(void)
{
    log_.closing = false;
    running = true;
    if (pthread_create(&writer, NULL, write_all, NULL))
        abort();
}

void log_line(const char *line)
{
    struct entry *e = calloc(1, sizeof *e);
    e->line = line;
    pthread_mutex_lock(&log_.lock);
    if (log_.last)
        log_.last->next = e;
    else
        log_.first = e;
    log_.last = e;
    pthread_cond_signal(&log_.news);
    pthread_mutex_unlock(&log_.lock);
}

void log_close(void)
{
    if (!running)
        return;
    running = false;
    pthread_mutex_lock(&log_.lock);
    log_.closing = true;
    pthread_mutex_unlock(&log_.lock);
    pthread_cond_signal(&log_.news);
    pthread_join(writer, NULL);
}

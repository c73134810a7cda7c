/* mutant: results are stored in the order in which they arrive
 * expect: WRONG in three_pages, message contains "that is the status of url"
 * belief: M35 results come back in the order in which the work was handed out */
#include "downloader.h"

#include <pthread.h>
#include <stdlib.h>

struct download {
    pthread_t thread;
    const char *url;
    int *status; /* the slot of this page, and of no other */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int arrived;

static void *fetch(void *arg)
{
    struct download *me = arg;
    int got = fake_get(me->url);
    pthread_mutex_lock(&lock);
    me->status[arrived++] = got;
    pthread_mutex_unlock(&lock);
    return NULL;
}

int download_all(const char *const *url, int n, int *status)
{
    struct download *all = calloc((size_t)n + 1, sizeof *all);
    int started = 0, error = 0;
    arrived = 0;
    while (started < n && error == 0) {
        struct download *d = &all[started];
        d->url = url[started];
        d->status = status;
        error = pthread_create(&d->thread, NULL, fetch, d);
        started += error == 0;
    }
    for (int i = 0; i < started; i++)
        pthread_join(all[i].thread, NULL);
    free(all);
    return error;
}

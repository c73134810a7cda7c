/* mutant: all threads count with one index
 * expect: RACE in three_pages, message contains "next"
 * belief: M35, M04 k++ is one step */
#include "downloader.h"

#include <pthread.h>
#include <stdlib.h>

struct download {
    pthread_t thread;
    const char *url;
    int *status; /* the slot of this page, and of no other */
};

static int next;

static void *fetch(void *arg)
{
    struct download *me = arg;
    int k = next++;
    me->status[k] = fake_get(me->url);
    return NULL;
}

int download_all(const char *const *url, int n, int *status)
{
    struct download *all = calloc((size_t)n + 1, sizeof *all);
    int started = 0, error = 0;
    next = 0;
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

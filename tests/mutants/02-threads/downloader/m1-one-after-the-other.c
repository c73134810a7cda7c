/* mutant: joins each download before it starts the next
 * expect: SERIAL in three_pages, message contains "all of them took 9000 ms"
 * belief: M02 with threads it is fast, wherever one waits */
#include "downloader.h"

#include <pthread.h>
#include <stdlib.h>

struct download {
    pthread_t thread;
    const char *url;
    int *status; /* the slot of this page, and of no other */
};

static void *fetch(void *arg)
{
    struct download *me = arg;
    *me->status = fake_get(me->url);
    return NULL;
}

int download_all(const char *const *url, int n, int *status)
{
    struct download *all = calloc((size_t)n + 1, sizeof *all);
    int started = 0, error = 0;
    while (started < n && error == 0) {
        struct download *d = &all[started];
        d->url = url[started];
        d->status = &status[started];
        error = pthread_create(&d->thread, NULL, fetch, d);
        if (error == 0)
            pthread_join(all[started++].thread, NULL);
    }
    free(all);
    return error;
}

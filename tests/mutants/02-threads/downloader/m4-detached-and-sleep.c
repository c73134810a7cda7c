/* mutant: detaches the threads and sleeps six seconds
 * expect: RACE in three_pages, message contains "all of them took 6000 ms"
 * belief: M07 a pause that is long enough is as good as a join */
#include "downloader.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

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
            pthread_detach(all[started++].thread);
    }
    sleep(6);
    return error;
}

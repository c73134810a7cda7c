/* ok: the status comes back through the join */
#include "downloader.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

struct download {
    pthread_t thread;
    const char *url;
};

static void *fetch(void *arg)
{
    struct download *me = arg;
    return (void *)(intptr_t)fake_get(me->url);
}

int download_all(const char *const *url, int n, int *status)
{
    struct download *all = calloc((size_t)n + 1, sizeof *all);
    int started = 0, error = 0;
    while (started < n && error == 0) {
        struct download *d = &all[started];
        d->url = url[started];
        error = pthread_create(&d->thread, NULL, fetch, d);
        started += error == 0;
    }
    for (int i = 0; i < started; i++) {
        void *got;
        pthread_join(all[i].thread, &got);
        status[i] = (int)(intptr_t)got;
    }
    free(all);
    return error;
}

/* mutant: waits for a volatile counter instead of joining
 * expect: RACE in three_pages
 * belief: M11 volatile tells other threads when something is ready */
#include "downloader.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

struct download {
    pthread_t thread;
    const char *url;
    int *status; /* the slot of this page, and of no other */
};

static volatile int ready;

static void *fetch(void *arg)
{
    struct download *me = arg;
    *me->status = fake_get(me->url);
    ready++;
    return NULL;
}

int download_all(const char *const *url, int n, int *status)
{
    struct download *all = calloc((size_t)n + 1, sizeof *all);
    int started = 0, error = 0;
    ready = 0;
    while (started < n && error == 0) {
        struct download *d = &all[started];
        d->url = url[started];
        d->status = &status[started];
        error = pthread_create(&d->thread, NULL, fetch, d);
        started += error == 0;
    }
    while (ready < started)
        usleep(1000);
    for (int i = 0; i < started; i++)
        pthread_join(all[i].thread, NULL);
    free(all);
    return error;
}

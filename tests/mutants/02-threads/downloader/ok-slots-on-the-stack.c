/* ok: the slots lie on the stack of the caller, who stays until the joins */
#include "downloader.h"

#include <pthread.h>

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
    struct download all[n + 1];
    int started = 0, error = 0;
    while (started < n && error == 0) {
        struct download *d = &all[started];
        d->url = url[started];
        d->status = &status[started];
        error = pthread_create(&d->thread, NULL, fetch, d);
        started += error == 0;
    }
    for (int i = 0; i < started; i++)
        pthread_join(all[i].thread, NULL);
    return error;
}

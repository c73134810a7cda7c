/* mutant: frees the slots before the joins
 * expect: RACE in three_pages, message contains "after it was freed"
 * belief: M26 the threads have taken their arguments by now */
#include "downloader.h"

#include <pthread.h>
#include <stdlib.h>

struct download {
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
    pthread_t *threads = calloc((size_t)n + 1, sizeof *threads);
    int started = 0, error = 0;
    while (started < n && error == 0) {
        struct download *d = &all[started];
        d->url = url[started];
        d->status = &status[started];
        error = pthread_create(&threads[started], NULL, fetch, d);
        started += error == 0;
    }
    free(all);
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    free(threads);
    return error;
}

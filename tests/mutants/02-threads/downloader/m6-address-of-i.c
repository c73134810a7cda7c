/* mutant: hands over the address of the loop variable
 * expect: RACE in three_pages
 * belief: M26 the thread looks before the loop goes on */
#include "downloader.h"

#include <pthread.h>
#include <stdlib.h>

static const char *const *urls;
static int *statuses;

static void *fetch(void *arg)
{
    int i = *(int *)arg;
    statuses[i] = fake_get(urls[i]);
    return NULL;
}

int download_all(const char *const *url, int n, int *status)
{
    pthread_t *threads = calloc((size_t)n + 1, sizeof *threads);
    int started, error = 0;
    urls = url;
    statuses = status;
    for (started = 0; started < n; started++)
        if ((error = pthread_create(&threads[started], NULL, fetch, &started)) != 0)
            break;
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    free(threads);
    return error;
}

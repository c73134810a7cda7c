/* Fetches one page after the other, and most of the time it waits. */
#include "downloader.h"

#include <pthread.h>
#include <stdlib.h>

struct download {
    pthread_t thread;
    const char *url;
    int *status;
};

int download_all(const char *const *url, int n, int *status)
{
    for (int i = 0; i < n; i++)
        status[i] = fake_get(url[i]);
    return 0;
}

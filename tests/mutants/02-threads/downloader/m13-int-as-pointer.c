/* mutant: has the result written into an int as if it were a pointer
 * expect: WRONG in three_pages, message contains "behind the end of status"
 * belief: none */
#include "downloader.h"
#include <pthread.h>
#include <stdlib.h>

static void *run(void *p) { return (void *)(long)fake_get(p); }
int download_all(const char *const *url, int n, int *status)
{
    pthread_t t[8];
    int e = 0, k = 0;
    for (; k < n; k++) {
        e = pthread_create(&t[k], 0, run, (void *)url[k]);
        if (e)
            break;
    }
    for (int i = 0; i < k; i++)
        pthread_join(t[i], (void **)&status[i]);
    return e;
}

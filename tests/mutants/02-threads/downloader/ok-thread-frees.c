/* ok: an argument from malloc, which the thread frees */
#include "downloader.h"
#include <pthread.h>
#include <stdlib.h>

struct g {
    const char *const *url;
    int *status;
    int i;
};
static void *run(void *p)
{
    struct g *g = p;
    g->status[g->i] = fake_get(g->url[g->i]);
    free(g);
    return 0;
}
int download_all(const char *const *url, int n, int *status)
{
    pthread_t *t = malloc((n + 1) * sizeof *t);
    int k = 0, e = 0;
    while (k < n) {
        struct g *g = malloc(sizeof *g);
        *g = (struct g){url, status, k};
        e = pthread_create(&t[k], 0, run, g);
        if (e) {
            free(g);
            break;
        }
        k++;
    }
    for (int i = 0; i < k; i++)
        pthread_join(t[i], 0);
    free(t);
    return e;
}

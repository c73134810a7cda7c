// expect: race data_race
// get() looks at `ready` without the lock first, to save time.
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int ready;
    char text[24];
    pthread_mutex_t m;
    pthread_cond_t c;
} future;

static future *future_new(void)
{
    future *f = calloc(1, sizeof(future));
    if (!f)
        abort();
    pthread_mutex_init(&f->m, NULL);
    pthread_cond_init(&f->c, NULL);
    return f;
}

static void future_set(future *f, const char *text)
{
    pthread_mutex_lock(&f->m);
    strncpy(f->text, text, sizeof f->text - 1);
    f->ready = 1;
    pthread_cond_broadcast(&f->c);
    pthread_mutex_unlock(&f->m);
}

static const char *future_get(future *f)
{
    if (f->ready)
        return f->text;
    pthread_mutex_lock(&f->m);
    while (!f->ready)
        pthread_cond_wait(&f->c, &f->m);
    pthread_mutex_unlock(&f->m);
    return f->text;
}

static void *fetch(void *arg)
{
    future_set(arg, "GET / HTTP/1.1");
    return NULL;
}

int main(void)
{
    future *f = future_new();
    pthread_t t;
    if (pthread_create(&t, NULL, fetch, f))
        abort();
    const char *text = future_get(f);
    assert(strcmp(text, "GET / HTTP/1.1") == 0);
    pthread_join(t, NULL);
    pthread_mutex_destroy(&f->m);
    pthread_cond_destroy(&f->c);
    free(f);
    return 0;
}

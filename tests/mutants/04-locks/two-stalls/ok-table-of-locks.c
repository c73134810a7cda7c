/* ok: the locks stand in a table beside the stalls */
#include "two-stalls.h"

enum { MOST_STALLS = 8 };

static struct {
    stall_t *stall;
    pthread_mutex_t lock;
} place[MOST_STALLS];
static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER; /* protects: which place is whose */

static pthread_mutex_t *lock_of(stall_t *s)
{
    int i = 0;
    pthread_mutex_lock(&table);
    while (place[i].stall && place[i].stall != s)
        i++;
    if (!place[i].stall) {
        place[i].stall = s;
        pthread_mutex_init(&place[i].lock, NULL);
    }
    pthread_mutex_unlock(&table);
    return &place[i].lock;
}

void stall_init(stall_t *s)
{
    s->barista = 0;
}

void serve(stall_t *s, int ms)
{
    pthread_mutex_t *lock = lock_of(s);
    pthread_mutex_lock(lock);
    s->barista++;
    brew_at(s, ms);
    s->barista--;
    pthread_mutex_unlock(lock);
}

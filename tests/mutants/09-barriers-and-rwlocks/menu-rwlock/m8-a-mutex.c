/* mutant: one lock for all
 * expect: SERIAL in together
 * belief: M10, M18 holding a lock costs nothing */
#include "menu-rwlock.h"

void rw_init(rw_t *l)
{
    pthread_mutex_init(&l->lock, NULL);
}

void rw_rdlock(rw_t *l)
{
    pthread_mutex_lock(&l->lock);
}

void rw_rdunlock(rw_t *l)
{
    pthread_mutex_unlock(&l->lock);
}

void rw_wrlock(rw_t *l)
{
    pthread_mutex_lock(&l->lock);
}

void rw_wrunlock(rw_t *l)
{
    pthread_mutex_unlock(&l->lock);
}

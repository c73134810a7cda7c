/* mutant: lets two readers in at a time, and no third
 * expect: SERIAL in three_together
 * belief: M10 more than two readers have to keep each other out */
#include "menu-rwlock.h"

void rw_init(rw_t *l)
{
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->changed, NULL);
    l->readers = 0;
    l->writing = false;
    l->writers_waiting = 0;
}

void rw_rdlock(rw_t *l)
{
    pthread_mutex_lock(&l->lock);
    while (l->readers >= 2 || l->writing || l->writers_waiting > 0)
        pthread_cond_wait(&l->changed, &l->lock);
    l->readers++;
    pthread_mutex_unlock(&l->lock);
}

void rw_rdunlock(rw_t *l)
{
    pthread_mutex_lock(&l->lock);
    l->readers--;
    pthread_cond_broadcast(&l->changed);
    pthread_mutex_unlock(&l->lock);
}

void rw_wrlock(rw_t *l)
{
    pthread_mutex_lock(&l->lock);
    l->writers_waiting++;
    while (l->writing || l->readers > 0)
        pthread_cond_wait(&l->changed, &l->lock);
    l->writers_waiting--;
    l->writing = true;
    pthread_mutex_unlock(&l->lock);
}

void rw_wrunlock(rw_t *l)
{
    pthread_mutex_lock(&l->lock);
    l->writing = false;
    pthread_cond_broadcast(&l->changed);
    pthread_mutex_unlock(&l->lock);
}

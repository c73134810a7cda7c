/* ok: a condition for readers, one for writers */
#include "menu-rwlock.h"
#include <semaphore.h>
/* two cond vars in a side table */
static pthread_cond_t for_readers[8], for_writers[8];
static rw_t *who[8];
static int used;
static int of(rw_t *l)
{
    int i = 0;
    while (who[i] != l)
        i++;
    return i;
}
void rw_init(rw_t *l)
{
    pthread_mutex_init(&l->lock, NULL);
    l->readers = 0;
    l->writing = false;
    l->writers_waiting = 0;
    who[used] = l;
    pthread_cond_init(&for_readers[used], NULL);
    pthread_cond_init(&for_writers[used++], NULL);
}
void rw_rdlock(rw_t *l)
{
    pthread_mutex_lock(&l->lock);
    while (l->writing || l->writers_waiting)
        pthread_cond_wait(&for_readers[of(l)], &l->lock);
    l->readers++;
    pthread_mutex_unlock(&l->lock);
}
void rw_rdunlock(rw_t *l)
{
    pthread_mutex_lock(&l->lock);
    if (--l->readers == 0)
        pthread_cond_signal(&for_writers[of(l)]);
    pthread_mutex_unlock(&l->lock);
}
void rw_wrlock(rw_t *l)
{
    pthread_mutex_lock(&l->lock);
    l->writers_waiting++;
    while (l->writing || l->readers)
        pthread_cond_wait(&for_writers[of(l)], &l->lock);
    l->writers_waiting--;
    l->writing = true;
    pthread_mutex_unlock(&l->lock);
}
void rw_wrunlock(rw_t *l)
{
    pthread_mutex_lock(&l->lock);
    l->writing = false;
    if (l->writers_waiting)
        pthread_cond_signal(&for_writers[of(l)]);
    else
        pthread_cond_broadcast(&for_readers[of(l)]);
    pthread_mutex_unlock(&l->lock);
}

/* mutant: waits for the barber with the lock
 * expect: WRONG in full_shop
 * belief: none */
#include "barbershop.h"

void shop_init(shop_t *s, int chairs)
{
    pthread_mutex_init(&s->lock, NULL);
    s->chairs = chairs;
    s->waiting = 0;
    sem_init(&s->barber_ready, 0, 0);
    sem_init(&s->customer_here, 0, 0);
    sem_init(&s->cut_done, 0, 0);
    sem_init(&s->customer_gone, 0, 0);
}

bool shop_visit(shop_t *s)
{
    pthread_mutex_lock(&s->lock);
    if (s->waiting == s->chairs) {
        pthread_mutex_unlock(&s->lock);
        return false;
    }
    s->waiting++;
    sem_wait(&s->barber_ready);
    s->waiting--;
    pthread_mutex_unlock(&s->lock);
    sem_post(&s->customer_here);
    sem_wait(&s->cut_done);
    sem_post(&s->customer_gone);
    return true;
}

void shop_barber(shop_t *s, int cuts)
{
    for (int i = 0; i < cuts; i++) {
        sem_post(&s->barber_ready);
        sem_wait(&s->customer_here);
        cut_hair();
        sem_post(&s->cut_done);
        sem_wait(&s->customer_gone);
    }
}

/* mutant: the customer calls cut_hair himself
 * expect: WRONG in one_customer, message contains "called by a customer"
 * belief: none */
#include "barbershop.h"

void shop_init(shop_t *s, int chairs)
{
    sem_init(&s->chair_free, 0, (unsigned)chairs);
    sem_init(&s->barber_ready, 0, 0);
    sem_init(&s->customer_here, 0, 0);
    sem_init(&s->cut_done, 0, 0);
    sem_init(&s->customer_gone, 0, 0);
}

bool shop_visit(shop_t *s)
{
    if (sem_trywait(&s->chair_free) != 0)
        return false;
    sem_wait(&s->barber_ready);
    sem_post(&s->chair_free);
    sem_post(&s->customer_here);
    sem_wait(&s->cut_done);
    cut_hair();
    sem_post(&s->customer_gone);
    return true;
}

void shop_barber(shop_t *s, int cuts)
{
    for (int i = 0; i < cuts; i++) {
        sem_post(&s->barber_ready);
        sem_wait(&s->customer_here);
        sem_post(&s->cut_done);
        sem_wait(&s->customer_gone);
    }
}

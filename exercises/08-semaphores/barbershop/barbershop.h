/* barbershop.h - the neighbour's shop: one barber, a few chairs to wait on. */
#ifndef BARBERSHOP_H
#define BARBERSHOP_H

#include <pthread.h>
#include <semaphore.h>

#include <stdbool.h>

/* Use what you need. */
typedef struct {
    sem_t chair_free;    /* a chair to wait on is free */
    sem_t barber_ready;  /* the next one may come to the barber */
    sem_t customer_here; /* he sits in the barber's seat */
    sem_t cut_done;      /* the cut is finished */
    sem_t customer_gone; /* he has got up: the barber's seat is free */
    pthread_mutex_t lock;
    int chairs, waiting;
} shop_t;

/* A shop with so many chairs (1 or more) to wait on. Whose hair is being cut sits on none of them. */
void shop_init(shop_t *s, int chairs);

/* A customer comes. All chairs are taken: returns false at once. Else he sits down and waits until the
 * barber is ready, leaves his chair, has his hair cut, and it returns true: after his cut, which began
 * after he had come. */
bool shop_visit(shop_t *s);

/* The barber: makes `cuts` cuts, one after the other, each with one call of cut_hair, each for one
 * customer. Sleeps while nobody is there. Only one thread calls it. */
void shop_barber(shop_t *s, int cuts);

/* Yours to call, from shop_barber: takes a second. */
void cut_hair(void);

#endif

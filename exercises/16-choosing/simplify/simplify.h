/* simplify.h - the bills of the stall. */
#ifndef SIMPLIFY_H
#define SIMPLIFY_H

struct order {
    int cups;
    long price; /* of a cup, in cents */
};

/* Given. Each step takes about 5 microseconds, and needs the result of the one before. */
long add_up(const struct order *order); /* cups times price */
long discount(long sum);                /* ten cups' worth or more: a tenth off */
long round_up(long reduced);            /* to the next 5 cents */
void show(int number, long cents);      /* the customer sees the bill: order `number` costs so much */

/* Yours: shows the bill of each of the n orders, in their order: number 0, then 1 ... For n = 0 it shows nothing. */
void bill_all(const struct order *orders, int n);

#endif

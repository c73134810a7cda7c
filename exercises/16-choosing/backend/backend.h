/* backend.h - the shop's server: requests on a loop, mails in a thread, images on other cores. */
#ifndef BACKEND_H
#define BACKEND_H

#include <stdbool.h>

#include <lab/loop.h>

/* A request, as it comes through the descriptor `requests`: one write for each, so one read brings one. */
struct request {
    int number; /* 0, 1, 2 ... */
    int ms;     /* how long the database thinks about it: 100 or so */
    bool mail;  /* it wants a mail */
    bool image; /* it brings an image */
};

struct plan {
    int requests;      /* a pipe; at its end no more requests will come */
    int stop;          /* becomes readable at closing time, like the signalfd of SIGTERM; nothing need be read */
    int mail_places;   /* so many mails may wait while another is being sent; 1 or more */
    int image_workers; /* so many images may be in work at the same time; 1 or more */
};

struct report {
    int answered; /* requests */
    int mails;    /* sent */
    int refused;  /* mails for which there was no place */
    int images;   /* stored */
};

/* ---- given; the lab has them ------------------------------------------------------------------- */

void answer(int number);               /* the customer gets the answer; from the loop's thread only */
void send_mail(int number);            /* blocks for a second, in the mail library */
long shrink_image(int number);         /* computes for two seconds, in any thread or process; returns the size */
void store_image(int number, long size); /* from the loop's thread only */

/* ---- yours ---------------------------------------------------------------------------------------- */

/* Runs the shop, on the calling thread, until the requests have come to their end or it is closing time, and
 * everything that was accepted is done. A request is accepted when it is read; `ms` later it is answered, and then its
 * mail and its image are handed over. A mail that finds no place is refused and counted. Fills in the report, and
 * returns 0. The two descriptors stay open. */
int backend_run(const struct plan *plan, struct report *out);

#endif

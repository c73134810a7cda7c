/* cards: the screen that asks recall cards, one after the other.
 *
 * Front first; turned, the learner says whether it was known. A card that was not comes again at
 * the end of the round, until it is; what counts for the schedule is the first answer. A lesson
 * that begins is preceded by a warm-up: up to three cards of earlier lessons.
 */
#ifndef SESSION_CARDS_H
#define SESSION_CARDS_H

#include "session/recall.h"
#include "session/session.h"

struct cards_state {
    struct recall_card *cards; /* all in play, the due ones first */
    size_t count, due;
    size_t *queue; /* still to ask, indices of cards; the one asked now is queue[0] */
    size_t queued, cap;
    bool *asked; /* by card: it was answered in this round */
    bool turned;
    int knew, forgot; /* first answers of this round */
    bool warm_up;     /* this round is one */
};

#define WARM_UP_CARDS 3
/* The learner is about to begin `l`, whose first step is open already: asks a few cards over it, if
 * any of an earlier lesson is due. New cards of the lesson just before are left for later: it has
 * only ended. */
void cards_warm_up(struct session *s, const struct lesson *l, struct effects *fx);

/* The card that is asked; NULL when the round is over, or nothing was due. */
const struct recall_card *cards_now(const struct cards_state *c);

#endif

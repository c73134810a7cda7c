/* recall: which cards are due, and when a card comes again.
 *
 * Boxes, after Leitner: a new card is due at once; known, it moves up one box, up to the last;
 * forgotten, it goes back to the first. It comes again 1, 3, 7 or 21 days after it was looked at.
 * The state is one fact a card, `card 03-race-conditions/1a2b3c4d 2 2026-11-24`: lesson and hash of
 * the front, box, and the day it is due. So the schedule follows from the progress file and the day
 * alone. Pure; the day is given, never asked for.
 */
#ifndef SESSION_RECALL_H
#define SESSION_RECALL_H

#include "course/course.h"
#include "session/progress.h"

#define RECALL_BOXES 4

struct recall_card {
    const struct lesson *lesson;
    const struct card *card;
    int box;  /* 1 .. RECALL_BOXES; 0: never looked at */
    long due; /* day; a new card's is 0 */
};

/* Days are counted from 1970-01-01. "2026-11-24" to a day; -1 when it is none. */
long recall_day_parse(const char *text);
void recall_day_text(long day, char out[16]);

/* A lesson's cards are in play once its last step is done, or one of them was looked at. */
bool recall_in_play(const struct progress *p, const struct lesson *l);
/* All cards in play, in the order they are asked: those due longest first, and on the same day one
 * of each lesson before the second of any. Those not due come last. Caller frees. */
struct recall_card *recall_cards(const struct course *c, const struct progress *p,
                                 size_t *ret_count);
/* How many of these are due on `day`: they are the first ones. */
size_t recall_due(const struct recall_card *cards, size_t count, long day);
/* Remembers in the progress, and in the card, when it comes again. */
void recall_answer(struct progress *p, struct recall_card *c, bool knew, long day);

#endif

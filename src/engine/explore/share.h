/* share: the search split over engine processes. Private to explore/.
 *
 * One process, the first, makes the search as if it were alone; the others work ahead. When it comes to a
 * piece of the tree that another has explored, it takes over what that found, if nothing happened
 * there that the search would have stopped or thought for; else it explores the piece itself. So
 * verdict, counterexample and counts are those of one process, whatever the timing. */
#ifndef ENGINE_SHARE_H
#define ENGINE_SHARE_H

#include "engine/explore/search.h"

/* What is below one alternative of a node: `turn` counts the node's alternatives. */
struct piece {
    uint32_t node, turn;
};

/* How an order (struct search_order) takes part. All bytes stay within one machine and one program. */
struct sharing {
    /* Moves on to the next piece that is sure to be explored later; false: no more. Starts at {0, 0}. */
    bool (*offer)(struct piece *p);
    void (*save)(const struct piece *p, struct strbuf *out);          /* all that leads to the piece */
    void (*load)(const struct piece *p, const char *bytes, size_t n); /* ... becomes all there is */
    void (*save_rest)(const struct piece *p, struct strbuf *out); /* what is left of it, and what it found */
    bool (*adopt)(const struct piece *p, const char *bytes, size_t n); /* false: nothing is left of it */
};

/* By the search: the bounds of the runs to come; after each run; when an order is begun or left. */
void share_bounds(struct search *s, uint64_t limit, uint64_t work);
void share_some(void);
void share_stop(void);

/* By an order about to explore a piece: was it explored? SHARE_MORE: and the rest of it is the path now. */
enum shared_piece { SHARE_NONE, SHARE_DONE, SHARE_MORE };
enum shared_piece share_take(const struct piece *p);

/* Arrays to bytes and back. */
struct cursor { const char *at, *end; };
void share_put(struct strbuf *out, const void *items, size_t n, size_t size);
/* What was put there becomes the elements of `array` from `first` on, and the last ones; returns the array. */
void *share_append(void *array, size_t first, size_t *count, size_t *cap, size_t size, struct cursor *c);
void share_get_one(struct cursor *c, void *item, size_t size); /* leaves it where it was not put */

#endif

/* demo: a program at full speed on real threads, its lanes as they grow, and afterwards to be
 * looked at at leisure.
 *
 * A run that was recorded elsewhere is shown in the same way, where the machine cannot show what the
 * demo is about.
 *
 * Invariant: `log` is set exactly while the program runs; everything shown comes from `lanes`,
 * which is a copy.
 */
#ifndef SESSION_DEMO_H
#define SESSION_DEMO_H

#include "session/histogram.h"
#include "session/lanes.h"
#include "session/session.h"

enum demo_phase { DEMO_BUILDING, DEMO_RUNNING, DEMO_OVER, DEMO_BROKEN };

struct demo_state {
    struct target target;
    const struct demo *demo; /* NULL: a file of its own */
    enum demo_phase phase;
    char *broken;
    const struct lane_log *log;
    struct lanes lanes;
    char *machine; /* not NULL: a run recorded on this machine is shown */
    bool held;    /* space: the picture stands still */
    uint64_t now; /* ns since the start of the run */
    int status;   /* as in waitpid */
    double elapsed, cpu;
    char *output;   /* the end of what it printed; NULL = nothing */
    size_t variant; /* of demo->variants */
    bool choosing;  /* the list of variants lies over it */
    size_t choice;
    uint64_t from, span; /* what is shown, ns; span 0: all */
    bool cursor;         /* shown */
    uint64_t at;         /* cursor, ns since its section's start */
    size_t row;
    enum demo_fold { FOLD_AUTO, FOLD_ON, FOLD_OFF } fold;
    int room; /* rows that lanes have on the screen, roughly */
};

/* A row of the picture: one lane, or `count` of a section from `lane` up to `last`. */
struct demo_row {
    uint32_t section;
    size_t lane, last, count;
};
/* Does a lane between `lane` and `last` belong to the row? */
bool demo_row_has(const struct demo_state *d, const struct demo_row *r, size_t lane);
/* Rows from top to bottom; where there are very many lanes, several to a row (fold). The caller
 * frees. */
struct demo_row *demo_rows(const struct demo_state *d, size_t *ret_count);
/* Do lanes share rows, as far as they have to? */
bool demo_folds(const struct demo_state *d);
/* Of all that there is to show, the longest section, rounded up. */
uint64_t demo_whole(const struct demo_state *d);
/* What is shown: from *from, so long. */
uint64_t demo_span(const struct demo_state *d, uint64_t *ret_from);
/* What the cursor points at, in words; NULL without a cursor. Caller frees. */
char *demo_cursor_words(const struct demo_state *d);
/* What was expected and what came, how the program ended, what this machine cannot show: sentences,
 * or NULL. Caller frees. */
char *demo_expected(const struct demo_state *d);
char *demo_ending(const struct demo_state *d);
char *demo_lacking(const struct session *s);
/* Is there a recorded run of what is shown? */
bool demo_has_recorded(const struct demo_state *d);

/* The k-th histogram of the samples and its title; false when there are fewer. */
bool demo_histogram(const struct demo_state *d, size_t k, struct histogram *out,
                    const char **ret_title);

#endif

/* map: the lessons, one line each; the steps of one of them unfolded; what a search found. */
#ifndef SESSION_MAP_H
#define SESSION_MAP_H

#include "session/search.h"
#include "session/session.h"
#include "session/workspace.h"

struct map_item {
    const struct lesson *lesson;     /* or a check */
    const struct step *step;         /* NULL: the lesson itself, or an exercise */
    const struct exercise *exercise; /* only in search results */
    const char *snippet;             /* only there: where the words stand, when not in the title */
};

/* What the map says about a lesson; counted when the map is opened or shown again. */
struct map_lesson {
    int steps_done;
    bool *step_done;                /* step_count */
    enum exercise_state *exercises; /* exercise_count */
};

struct map_state {
    struct map_item *items;
    size_t count, cap;
    int selected, top;
    const struct lesson *unfolded; /* NULL = none */
    bool searching;                /* typing */
    char search[64];               /* "" = everything is shown */
    struct search_hit *hits;       /* what it found */
    size_t hit_count;
    size_t cards_due;
    struct map_lesson *lessons; /* one for each of the course */
    int exercises, exercises_passed;
    const struct lesson *next_lesson; /* where to go on; NULL when all is done */
    const struct step *next_step;
};

/* Is this the step to take next in its lesson? */
const struct step *map_first_open(const struct map_state *m, const struct session *s,
                                  const struct lesson *l);
/* What a row says about a check, in a few words. Caller frees. */
char *map_check_words(const struct session *s, const struct lesson *l);
/* Rows the list has on the screen. */
int map_rows(const struct session *s);

#endif

/* search: words in lessons, steps, what their pages say, and exercises. Pure.
 *
 * Every word must occur, in whatever order and case, in the title or the text. What has them in its
 * title comes first, then what has them in its text, each in the order of the course.
 */
#ifndef SESSION_SEARCH_H
#define SESSION_SEARCH_H

#include "course/course.h"

struct search_hit {
    const struct lesson *lesson;
    const struct step *step;         /* NULL: the lesson itself, or an exercise */
    const struct exercise *exercise; /* NULL: no exercise */
    char *snippet; /* the text around the first word, on one line; NULL: the title has them all */
};

/* Nothing but blanks finds nothing. To be freed with search_free. */
struct search_hit *search_course(const struct course *c, const char *words, size_t *ret_count);
void search_free(struct search_hit *hits, size_t count);

#endif

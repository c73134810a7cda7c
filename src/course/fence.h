/* fence: what the reader of a lesson's text (lesson.c) and the readers of its fenced blocks
 * (fence.c) share. For this room alone.
 */
#ifndef COURSE_FENCE_H
#define COURSE_FENCE_H

#include "course/internal.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* A lesson while it is read, line by line. */
struct reader {
    struct field_place place;
    const struct scan_file *f;
    struct lesson *lesson;
    struct step *step;   /* the last heading's; NULL before the first */
    struct strbuf prose; /* lines of the text block being read */
    int prose_line;
};

/* Rows of a table of fields. */
#define TEXT(name, type, member, needed)                                                           \
    {                                                                                              \
        name, FIELD_TEXT, needed, offsetof(type, member), 0, NULL                                  \
    }
#define LIST(name, kind, type, member, counter, needed)                                            \
    {                                                                                              \
        name, kind, needed, offsetof(type, member), offsetof(type, counter), NULL                  \
    }
#define OWN(name, function, needed)                                                                \
    {                                                                                              \
        name, FIELD_OWN, needed, 0, 0, function                                                    \
    }

/* A problem in line `index` (0-based) of the lesson. */
void reader_complain(struct reader *r, size_t index, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* A block of the step being read; NULL, with a problem, when there are too many. */
struct block *reader_add_block(struct reader *r, enum block_kind kind, int line);

/* What the word after the three backticks stands for; NULL when there is no such block. */
struct fence;
const struct fence *fence_find(const char *word);
const char *fence_word(const struct fence *fence);
/* Reads what stands between the lines `open` and `end`. */
void fence_read(struct reader *r, const struct fence *fence, size_t open, size_t end);
void block_free(struct block *b);

#endif

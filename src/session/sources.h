/* sources: the C files a running program came from, read once and kept as they were then, so that
 * saving a file does not move the lines under a program that is still the old one.
 */
#ifndef SESSION_SOURCES_H
#define SESSION_SOURCES_H

#include "trace/trace.h"

struct source {
    char *path;
    char *text;         /* NULL: it could not be read */
    const char **lines; /* each up to its '\n' or the end */
    int count;
};
struct sources {
    struct source *list;
    size_t count, cap;
};

/* Keeps a file that was read already; `text` is taken over and may be NULL. Its marks for authors (regions, anchors)
 * are blanked: they are not shown. */
void sources_add(struct sources *s, const char *path, char *text);
/* Reads the file of a place, unless that was tried before. `dir` is where relative names start. */
void sources_need(struct sources *s, const char *dir, const struct trace_place *at);
/* What the stack of each thread needs. */
void sources_need_state(struct sources *s, const char *dir, const struct trace_state *st);
/* The file of a place; NULL when it is unknown or unreadable. */
const struct source *sources_find(const struct sources *s, const struct trace_place *at);
/* The innermost place of a thread's stack whose file is known; NULL when none is. */
const struct trace_place *sources_where(const struct sources *s, const struct trace_thread *t);
void sources_fini(struct sources *s);

#endif

/* scroll: a text to read: compiler output, a solution, a full report. Also the pages that only list
 * something (progress) keep their position here. */
#ifndef SESSION_SCROLL_H
#define SESSION_SCROLL_H

#include "session/session.h"

struct scroll_state {
    char *title;
    char *text;
    bool code;
    const char **lines; /* starts of lines in text, each up to its '\n' or the end */
    int line_count;
    int top;
};

#endif

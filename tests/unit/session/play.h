/* play: a session whose engine is a recording (see record.c): each request is answered by what the
 * real engine answered to it.
 */
#ifndef TESTS_PLAY_H
#define TESTS_PLAY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "screen/key.h"
#include "session/progress.h"
#include "session/session.h"
#include "view/view.h"

struct play {
    struct course *course;
    struct progress *progress;
    struct session *s;
    struct effects fx;  /* of the last message */
    char *tape;         /* the recording */
    char *waiting;      /* a request not answered yet, or NULL */
    char *copied;       /* last text for the clipboard */
    int tick;           /* milliseconds asked for */
    int opened, closed; /* engines, demos */
    char dir[64];
};

/* The lab on its map, 24 x 80, playing RECORDING (a name in this folder; NULL: none). */
void play_begin(struct play *p, const char *recording);
void play_end(struct play *p);
/* A message and its effects; requests wait until play_answer. */
void play_send(struct play *p, struct message *m);
/* Answers what was asked, and what is asked then, until nothing is. */
void play_answer(struct play *p);
/* Keys by name, each answered at once. */
void play_press(struct play *p, const char *keys);
/* Keys by name, nothing answered in between. */
void play_press_fast(struct play *p, const char *keys);
void play_size(struct play *p, int rows, int cols);
/* The screen as text. Caller frees. */
char *play_screen(struct play *p);
void play_shows(struct play *p, const char *text);
void play_hides(struct play *p, const char *text);
/* The screen must be what NAME.COLSxROWS.screen holds, at 80x24 and 200x50. With REGENERATE in the
 * environment the files are written instead. */
void play_compare(struct play *p, const char *name);

#endif

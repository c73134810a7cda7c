/* editor: which editor is the learner's, how it is told a line, and where it opens. Starts nothing.
 */
#ifndef APP_EDITOR_H
#define APP_EDITOR_H

#include "base/base.h"

struct editor {
    const char *command; /* a shell splits it: "code -w" */
    const char *from;    /* "$VISUAL", "$EDITOR", "VS Code's terminal" or "the usual ones" */
    bool window;         /* it has a window of its own: the terminal stays ours */
    bool knows_lines;    /* it can be told where to open */
};
/* $VISUAL, $EDITOR, in a terminal of VS Code that editor, else the first usual one that is there.
 * False when there is none. Strings live as long as the environment is not changed. */
bool editor_find(struct editor *ret);
/* Is there a program for it? The command's first word, looked up in $PATH. */
bool editor_is_there(const struct editor *e);

#define EDITOR_ARGS 5
/* The words after the command: path and line as this editor takes them (line 0: none), ended by
 * NULL. Caller frees those that are not NULL. */
void editor_args(const char *command, const char *path, int line, char *args[EDITOR_ARGS]);

/* TMUX and ZELLIJ: a pane beside the lab. FRONT: the lab lends its terminal. */
enum editor_place { EDITOR_FRONT, EDITOR_WINDOW, EDITOR_TMUX, EDITOR_ZELLIJ };
enum editor_place editor_place(const struct editor *e);

#endif

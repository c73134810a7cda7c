/* ui: the terminal lab: the loop between session, screen and the rooms that run things.
 *
 * Keys, resize, saved files, words of the engine become messages; session_update is asked for
 * effects, which are carried out here; then one frame is drawn if anything changed. Nothing wakes
 * the loop when nothing happens.
 */
#ifndef APP_UI_H
#define APP_UI_H

#include "app/app.h"
#include "report/report.h"
#include "screen/screen.h"
#include "session/session.h"

/* Where to begin. NULL or all zero: the map (or the welcome, the first time). */
struct ui_start {
    enum theme theme;
    const char *script; /* a file of keys and waits instead of a terminal; see ui_script.c */
    const char *step;   /* "03.4": open this step */
    const struct target
        *target; /* DRIVE, DEMO, EXERCISE, FILE: open that; leaving it leaves the lab */
    enum screen_id
        screen; /* for target: SCREEN_DRIVE, SCREEN_DEMO, SCREEN_FAILURE, SCREEN_EXERCISE */
    struct report *report; /* SCREEN_FAILURE: what to look at; taken over */
    size_t report_test;    /* which test of it */
};

/* Opens the terminal, runs until the learner leaves, gives the terminal back. An exit status;
 * what went wrong has been said on stderr. */
int ui_main(struct app *app, const struct ui_start *start);

#endif

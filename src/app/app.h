/* app: what every command starts with: where the parts of the lab are, the course, the learner's
 * workspace. main.c fills it; commands (cmd_*.c) and the UI (ui.c) only read it.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "course/course.h"
#include "run/run.h"
#include "session/progress.h"
#include "session/workspace.h"

enum { EXIT_HOLDS = 0, EXIT_FAILS = 1, EXIT_UNJUDGED = 2 };

struct app {
    struct run_paths paths; /* engine, include, cache */
    char *native;           /* threadmill-native */
    char *course_root;      /* --course DIR or the built-in one */
    bool course_builtin;
    char *workspace_root; /* see workspace.h; NULL without a home: `workspace_err` */
    struct err workspace_err;
    uv_loop_t *loop;
    struct course *course;     /* loaded on first use by app_course */
    struct progress *progress; /* loaded on first use by app_progress */
};

/* Finds everything from /proc/self/exe, $THREADMILL_ROOT and the options. */
bool app_init(struct app *app, const char *course_dir, struct err *e);
void app_fini(struct app *app);

/* The course; NULL (with a sentence on stderr) when the folder is none. */
const struct course *app_course(struct app *app);
struct progress *app_progress(struct app *app);
/* Today, in days since 1970-01-01; $THREADMILL_TODAY (2026-11-24) when it is set. */
long app_today(void);
/* Makes the workspace when it is missing: the UI's first start and check without init. */
bool app_workspace_ready(struct app *app, struct err *e);

/* Prints "threadmill: ..." to stderr and returns 2. */
int app_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* "did you mean" - the nearest of `names` by edit distance, or NULL when none is near. */
const char *app_nearest(const char *word, const char *const *names, size_t count);

#endif

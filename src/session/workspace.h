/* workspace: the learner's own folder of exercise files.
 *
 *   .threadmill                                      marks the folder
 *   .clangd                                          absolute include paths, for editors
 *   README.md  progress.txt
 *   03-race-conditions/private-tallies/TASK.md       the statement
 *                                     /private-tallies.h
 *                                     /private-tallies.c   the file the learner edits
 *
 * The learner's file is written once and never again, except by an explicit reset, which
 * keeps the old one as NAME.c.1, NAME.c.2 ... Everything else here is a copy of the course's and
 * may be refreshed; a copy that somebody changed is kept aside the same way before it is put back.
 */
#ifndef SESSION_WORKSPACE_H
#define SESSION_WORKSPACE_H

#include "course/course.h"
#include "session/progress.h"

/* The nearest folder at or above `cwd` with a .threadmill file; else $THREADMILL_WORKSPACE; else
 * ~/threadmill. Absolute; it may not exist yet. NULL with `e` when there is no home either.
 * Caller frees. */
char *workspace_find(const char *cwd, struct err *e);
bool workspace_exists(const char *root);

struct workspace_made {
    int files_written, files_kept;
};
/* Makes the folder, or adds what is missing in it. `include` is the directory that holds
 * lab/lab.h. `made` may be NULL. */
bool workspace_init(const char *root, const struct course *c, const char *include,
                    struct workspace_made *made, struct err *e);

/* Where the learner's file of this exercise is (or would be). Caller frees. */
char *workspace_file(const char *root, const struct exercise *ex);
/* Makes the exercise's folder complete: the starter when there is no file, the task's own files
 * when missing. When one of those was changed, it is kept aside, put back, and *ret_note (caller
 * frees) says so; else NULL. */
bool workspace_prepare(const char *root, const struct exercise *ex, char **ret_note, struct err *e);
/* Puts the starter back; *ret_kept is where the old file went, NULL when there was none or it
 * was the starter. Caller frees. */
bool workspace_reset(const char *root, const struct exercise *ex, char **ret_kept, struct err *e);

enum exercise_state { EXERCISE_OPEN, EXERCISE_PASSED, EXERCISE_CHANGED };
const char *exercise_state_id(enum exercise_state s); /* "open", "passed", "changed" */
/* CHANGED: it passed once, and the file has other bytes now (or is gone). */
enum exercise_state workspace_state(const char *root, const struct progress *p,
                                    const struct exercise *ex);
/* Hash of a file's bytes, for progress_passed; 0 when it cannot be read. */
uint64_t workspace_hash(const char *path);

#endif

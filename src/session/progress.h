/* progress: what the learner has done, in one readable text file of the workspace.
 *
 *   threadmill progress 1
 *   passed 03-race-conditions/private-tallies 9f86d081884c7d65 2026-11-20T20:15:00Z
 *   step 03.4 done
 *   answer 03.2 0,2,3
 *   hint 03-race-conditions/private-tallies 2
 *   current 03.5
 *   end
 *
 * One fact a line: a kind, what it is about, and the rest of the line. Kind and subject
 * together are the key; `current` has itself as the subject. Two labs may run at once: saving takes
 * a lock, reads the file again, lays the facts changed here over it and replaces it
 * atomically, so neither loses the other's. A file that is cut short or from a newer version is
 * never destroyed: it is kept as progress.txt.bad-N and `note` says so.
 */
#ifndef SESSION_PROGRESS_H
#define SESSION_PROGRESS_H

#include "base/base.h"

struct fact {
    char *kind;    /* "passed", "step", "answer", "hint", "solution", "card", "current" ... */
    char *subject; /* no white space; "current" for the kind current */
    char *rest;    /* may be empty; one line */
    bool dirty;    /* changed since the last load or save */
};

struct progress {
    char *dir; /* the workspace */
    struct fact *facts;
    size_t count, cap;
    char *note;     /* a plain sentence about a file that could not be used; NULL */
    bool set_aside; /* the file must be kept as .bad-N before the next one is written */
};

/* Reads dir/progress.txt; a missing file is an empty progress. Never NULL, never writes. */
struct progress *progress_load(const char *dir);
void progress_free(struct progress *p);

/* The rest of the line, or NULL when there is no such fact. Valid until the next set or save. */
const char *progress_get(const struct progress *p, const char *kind, const char *subject);
/* Remembers in memory; a line break in `rest` becomes a blank. */
void progress_set(struct progress *p, const char *kind, const char *subject, const char *rest);
/* Merges and writes as described above. Nothing to write is fine. May block for another lab that
 * is saving, for milliseconds. After true the facts also hold what other labs wrote. */
bool progress_save(struct progress *p, struct err *e);
/* The same, for between two frames: it is not yet made lasting (progress_sync), and another lab is
 * waited for at most some 20 ms. */
bool progress_save_quick(struct progress *p, struct err *e);
/* Makes what was saved last through a power cut. May block; touches no fact. */
void progress_sync(const struct progress *p);
/* When there is no saving where it belongs: the whole as a file in the temporary folder. Its path
 * (caller frees), or NULL. */
char *progress_save_elsewhere(struct progress *p);

/* ---- the facts everybody needs ---- */

/* passed EXERCISE HASH DATE: the file with these bytes passed. */
void progress_passed(struct progress *p, const char *exercise, uint64_t file_hash);
bool progress_has_passed(const struct progress *p, const char *exercise, uint64_t *ret_hash);
void progress_step_done(struct progress *p, const char *step_id);
bool progress_step_is_done(const struct progress *p, const char *step_id);
/* How many hints were shown; hint counts only grow, also when merged. */
void progress_hints_shown(struct progress *p, const char *exercise, int count);
int progress_hints(const struct progress *p, const char *exercise);
void progress_set_current(struct progress *p, const char *step_id);
const char *progress_current(const struct progress *p); /* NULL: never started */

#endif

/* drive_inside: what the files of the game share. For drive*.c alone. */
#ifndef SESSION_DRIVE_INSIDE_H
#define SESSION_DRIVE_INSIDE_H

#include "session/drive.h"

/* The role of a thread, NULL when it has none. */
const struct drive_role *drive_role_of(const struct drive_game *g, int tid);
/* The steps of any schedule of the game in its names. Caller frees. */
char *drive_schedule_words(const struct drive_game *g, const struct trace_schedule *steps);

/* drive_lines.c: keeps the whole schedule as a line; forgets lines that the played steps contain;
 * remembers how the schedule ends, when the run is known; frees. */
void drive_line_keep(struct drive_game *g);
void drive_line_played(struct drive_game *g);
void drive_line_note(struct drive_game *g);
void drive_lines_fini(struct drive_game *g);

#endif

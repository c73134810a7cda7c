/* drive_view: the pieces of the drive's screen. For drive*.c alone.
 *
 * Where a canvas may be NULL the piece is only measured; the lines it needs are returned.
 */
#ifndef VIEW_DRIVE_VIEW_H
#define VIEW_DRIVE_VIEW_H

#include "session/drive_screen.h"
#include "view/around.h"
#include "view/views.h"

/* drive_threads.c. Threads shown as columns in so many columns of the screen; in `left_out` (may be
 * NULL) those that are only named. */
size_t drive_columns_of(const struct drive_game *g, int cols, const struct trace_thread **out,
                        const struct trace_thread **left_out, size_t *ret_left);
/* Lines of the longest file that a column shows. */
int drive_source_rows(const struct drive_state *d);
void drive_draw_threads(const struct session *s, struct canvas *c, struct area a);

/* drive_facts.c. `cols`: the width the threads have. */
int drive_draw_facts(const struct drive_game *g, struct canvas *c, struct area a, int cols);
void drive_draw_history(const struct drive_game *g, struct canvas *c, struct area a);
void drive_draw_schedule(const struct drive_game *g, struct canvas *c, struct area a);
int drive_draw_words(const struct session *s, struct canvas *c, struct area a);

#endif

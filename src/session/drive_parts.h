/* drive_parts: what the files of the drive's screen share. For drive_screen.c, drive_moves.c and
 * drive_goal.c alone.
 */
#ifndef SESSION_DRIVE_PARTS_H
#define SESSION_DRIVE_PARTS_H

#include "session/drive_screen.h"

/* drive_screen.c: asks the engine what is true now; asks how many schedules meet the goal. */
void drive_screen_ask_run(struct drive_state *d, struct effects *fx);
void drive_screen_ask_count(struct drive_state *d, struct effects *fx);

/* drive_moves.c */
void drive_question_close(struct drive_question *q);
void drive_start_playing(struct drive_state *d, struct effects *fx); /* a loaded schedule, by itself */
void drive_stop_playing(struct drive_state *d, struct effects *fx);
/* After a step of r: once more, unless there is something to look at. */
void drive_keep_running(struct session *s, struct effects *fx);
void drive_select_beside(struct drive_state *d, int by);
/* Works off what was typed, until the engine has something to do again. */
void drive_work_off(struct session *s, struct effects *fx);

/* drive_goal.c */
void drive_goal_reached(struct session *s, struct effects *fx);
void drive_claim(struct session *s, struct effects *fx);       /* no schedule does it */
void drive_judge_claim(struct session *s, struct effects *fx); /* the schedules are counted */
void drive_give_up(struct session *s, struct effects *fx);
void drive_hint(struct session *s);
void drive_copy_token(struct session *s, struct effects *fx);

#endif

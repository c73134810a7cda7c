/* parts: the parts of the session, for parts.c alone. */
#ifndef SESSION_PARTS_H
#define SESSION_PARTS_H

#include "session/session.h"

extern const struct session_part map_part, reading_part, exercise_part, welcome_part, progress_part,
    scroll_part, cards_part, drive_part, failure_part, demo_part;

#endif

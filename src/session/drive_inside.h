/* drive_inside: what the files of the game share. For drive*.c alone. */
#ifndef SESSION_DRIVE_INSIDE_H
#define SESSION_DRIVE_INSIDE_H

#include "session/drive.h"

/* The role of a thread, NULL when it has none. */
const struct drive_role *drive_role_of(const struct drive_game *g, int tid);

#endif

/* terminal: what is known of the terminal's type before curses is asked to take it over.
 *
 * Only for the room itself: screen.h is what others see.
 */
#ifndef SCREEN_TERMINAL_H
#define SCREEN_TERMINAL_H

#include "screen/screen.h"

/* What TERM says, or, where its description is missing on this machine, a type it is like: newer
 * terminals bring one that other machines do not have. NULL when TERM is not set. */
const char *terminal_type(void);
/* False with `e` for a type nobody knows, or one that text cannot be placed on ("dumb"). */
bool terminal_can(struct err *e);

#endif

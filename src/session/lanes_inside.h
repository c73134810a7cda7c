/* lanes_inside: what the files of the lanes share. For lanes*.c alone. */
#ifndef SESSION_LANES_INSIDE_H
#define SESSION_LANES_INSIDE_H

#include "session/lanes.h"

/* What a thread does after an event of that kind. */
enum lanes_doing lanes_after(uint32_t kind);
/* How long a lane runs, or is ready, between two moments. */
uint64_t lanes_running(const struct lanes_lane *lane, uint64_t from, uint64_t to);
/* Copies at most `size` - 1 bytes of text that may be anything; the copy is UTF-8 without control
 * characters. */
void lanes_copy_text(char *to, size_t size, const char *from);

#endif

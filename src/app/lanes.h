/* lanes: a native run as plain text: bars against time, totals, histograms. The text twin of the
 * demo screen.
 */
#ifndef APP_LANES_H
#define APP_LANES_H

#include "base/base.h"

struct lane_log;

/* Everything the log holds, at most `width` columns wide, ASCII. The program that wrote the log has
 * ended. Caller frees. */
char *lanes_text(const struct lane_log *log, uint64_t end_ns, int width);

#endif

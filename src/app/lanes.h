/* lanes: a native run as plain text: bars against time, totals, histograms. The text twin of the
 * demo screen.
 */
#ifndef APP_LANES_H
#define APP_LANES_H

#include "session/lanes.h"

/* Everything they hold, at most `width` columns wide, ASCII. The run is over. Caller frees. */
char *lanes_text(const struct lanes *lanes, int width);

#endif

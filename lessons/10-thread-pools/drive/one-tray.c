/* Two cooks, and a single order for a tray. */
#define TRAYS 1
#include "two-trays.c"

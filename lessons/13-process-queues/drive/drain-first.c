/* The same kitchens. The parent reads the three notes first, and then waits for the child. */
#define DRAIN_FIRST
#include "join-before-drain.c"

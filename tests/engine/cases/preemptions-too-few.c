// expect: wrong assert
#define ENOUGH 2
#include "preemptions-enough.c"

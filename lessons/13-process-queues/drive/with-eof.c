/* The same, but the parent closes the end it does not need. */
#define CLOSES
#include "no-eof.c"

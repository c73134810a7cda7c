// expect: leak fd_left
#define WRONG 2
#include "timers.h"

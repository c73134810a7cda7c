// expect: wrong|serial
#define WRONG 1
#include "timers.h"

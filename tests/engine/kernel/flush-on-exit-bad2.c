// expect: late
#define WRONG 2
#include "flush-on-exit.h"

// expect: wrong check
#define WRONG 1
#include "flush-on-exit.h"

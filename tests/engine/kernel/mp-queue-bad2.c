// expect: wrong
#define WRONG 2
#include "mp-queue.h"

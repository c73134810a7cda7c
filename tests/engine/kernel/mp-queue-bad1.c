// expect: wrong check
#define WRONG 1
#include "mp-queue.h"

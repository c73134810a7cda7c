// expect: wrong check
#define WRONG 2
#include "brew-async.h"

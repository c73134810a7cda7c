// expect: wrong
#define WRONG 2
#include "spawn-n.h"

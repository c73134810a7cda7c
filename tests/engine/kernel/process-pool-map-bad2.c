// expect: wrong
#define WRONG 2
#include "process-pool-map.h"

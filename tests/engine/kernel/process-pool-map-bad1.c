// expect: deadlock
#define WRONG 1
#include "process-pool-map.h"

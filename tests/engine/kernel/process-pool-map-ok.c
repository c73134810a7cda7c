// expect: pass
#include "process-pool-map.h"

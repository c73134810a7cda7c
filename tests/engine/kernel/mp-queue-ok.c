// expect: pass none; complete
#include "mp-queue.h"

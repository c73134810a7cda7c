// expect: pass none; complete
#include "timers.h"

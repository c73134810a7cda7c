// expect: pass none; complete
#include "run-in-executor.h"

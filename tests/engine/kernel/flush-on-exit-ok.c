// expect: pass none; complete
#include "flush-on-exit.h"

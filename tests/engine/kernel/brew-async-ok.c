// expect: pass none; complete
#include "brew-async.h"

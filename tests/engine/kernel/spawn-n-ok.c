// expect: pass none; complete
#include "spawn-n.h"

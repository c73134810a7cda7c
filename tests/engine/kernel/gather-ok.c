// expect: pass none; complete
#include "gather.h"

// expect: pass none; complete
#include "echo-server.h"

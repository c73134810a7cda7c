// expect: deadlock no_event
#define WRONG 1
#include "run-in-executor.h"

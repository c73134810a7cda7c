// expect: blocked blocked_beats
#define WRONG 2
#include "run-in-executor.h"

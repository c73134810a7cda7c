// expect: blocked blocked_beats
#define WRONG 1
#include "brew-async.h"

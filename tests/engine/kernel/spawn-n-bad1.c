// expect: wrong|serial
#define WRONG 1
#include "spawn-n.h"

// expect: wrong
#define WRONG 1
#include "gather.h"

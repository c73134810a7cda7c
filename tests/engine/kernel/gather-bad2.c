// expect: wrong check
#define WRONG 2
#include "gather.h"

// expect: wrong
#define WRONG 2
#include "echo-server.h"

// expect: wrong check
#define WRONG 2
#include "echo-server.h"

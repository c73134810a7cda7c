// expect: spin busy_loop
#define WRONG 1
#include "echo-server.h"

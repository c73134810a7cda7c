// expect: late late
#define WRONG 1
#include "heartbeat-stop.h"

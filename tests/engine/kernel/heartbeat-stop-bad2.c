// expect: wrong|leak|race
#define WRONG 2
#include "heartbeat-stop.h"

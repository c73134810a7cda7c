// expect: pass
#include "heartbeat-stop.h"

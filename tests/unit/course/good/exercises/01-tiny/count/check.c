#include "lab/check.h"

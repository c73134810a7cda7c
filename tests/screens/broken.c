#include "tally.h"

int total;

void count(void)
{
    totl++;
}

/* The work: a second of a core for each order. */
#include <lab/lab.h>

#include "shard.h"

uint64_t price(uint64_t i)
{
    lab_work(1000);
    return 10 + i * i;
}

/* A test that can fail for one reason only, whatever the verdict, and a check of it that no belief fits. */
#include <lab/check.h>
#include <stdlib.h>

SCENARIO(no_memory, "there is no memory", "M36 if malloc never failed", "")
{
    int *cups = NULL;
    *cups = 1;
}

SCENARIO(wrong_number, "a wrong number", "M36 if malloc never failed", "")
{
    lab_check(false, "M00: 3 is not 4");
}

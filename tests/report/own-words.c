/* A check that puts the belief it names in words of its own. */
#include <lab/check.h>

SCENARIO(two_calls, "a count that is kept", "M06", "")
{
    static int count = 2;
    lab_check(count == 0, "M08 if a static variable began anew in each call: the count is %d, not 0", count);
}

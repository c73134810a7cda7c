// expect: pass none
// Busy waiting on the clock: virtual time must get on all the same.
#include <time.h>

int main(void)
{
    time_t start = time(NULL);
    while (time(NULL) < start + 2)
        ;
    return 0;
}

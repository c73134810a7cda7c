// expect: crash null_pointer
#include <stdlib.h>

static void last(void)
{
    int *p = 0;
    *p = 1;
}

int main(void)
{
    atexit(last);
    return 0;
}

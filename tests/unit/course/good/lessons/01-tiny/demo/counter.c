/* a demo */
#include <stdio.h>

/* region: inc */
static int c;

static void inc(void)
{
    /* region: body */
    c++; //= 2
    // endregion
}
/* endregion: inc */

int main(void)
{
    inc();
    return c - 1;
}

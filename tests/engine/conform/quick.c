// quick_exit calls its own handlers only.
#include <stdio.h>
#include <stdlib.h>

static void no(void) { puts("never"); }
static void yes(void) { puts("quick"); fflush(stdout); }

int main(void)
{
    atexit(no);
    at_quick_exit(yes);
    fflush(stdout);
    quick_exit(0);
}

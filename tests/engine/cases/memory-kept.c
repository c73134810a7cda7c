// expect: pass none; complete
// What a global still points to at the end is not lost.
#include <stdlib.h>

static int *kept;

int main(void)
{
    kept = malloc(sizeof *kept);
    *kept = 1;
    return 0;
}

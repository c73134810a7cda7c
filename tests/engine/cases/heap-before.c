// expect: crash out_of_bounds
// One element before the first.
#include <stdlib.h>

int main(void)
{
    int *a = malloc(4 * sizeof *a);
    for (int i = 3; i >= -1; i--)
        a[i] = i;
    free(a);
    return 0;
}

// expect: limit limit
// More than the lab has is the lab's limit: malloc does not fail, for a right program need not expect that of 40 MB.
#include <stdlib.h>

int main(void)
{
    int *a = malloc(10000000 * sizeof *a);
    a[0] = 1;
    free(a);
    return 0;
}

// expect: crash out_of_bounds
#include <stdlib.h>

int main(void)
{
    char *p = malloc(0);
    p[0] = 1;
    free(p);
    return 0;
}

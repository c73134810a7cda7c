// expect: crash out_of_bounds
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char *p = malloc(16);
    memset(p, 1, 1 << 20);
    return 0;
}

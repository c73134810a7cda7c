// expect: crash out_of_bounds
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char *p = malloc(4);
    strcpy(p, "longer than four");
    free(p);
    return 0;
}

// expect: crash use_after_free
#include <stdlib.h>

int main(void)
{
    int *p = malloc(sizeof *p);
    *p = 0;
    free(p);
    return *p;
}

// expect: crash bad_free
#include <stdlib.h>

int main(void)
{
    int x = 0, *p = &x;
    free(p);
    return 0;
}

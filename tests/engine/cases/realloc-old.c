// expect: crash use_after_free
// After realloc only what it returned may be used.
#include <stdlib.h>

int main(void)
{
    int *list = malloc(4 * sizeof *list), *first = list;
    *first = 1;
    list = realloc(list, 4000);
    *first = 2;
    free(list);
    return 0;
}

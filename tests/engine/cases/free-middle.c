// expect: crash bad_free
// free wants what malloc gave, not a place within.
#include <stdlib.h>

int main(void)
{
    char *text = malloc(32);
    text += 8;
    free(text);
    return 0;
}

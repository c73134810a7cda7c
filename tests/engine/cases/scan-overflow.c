// expect: crash out_of_bounds
// %s writes one byte more than fits.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *word = malloc(4);
    sscanf("four", "%s", word);
    free(word);
    return 0;
}

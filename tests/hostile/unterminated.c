// expect: crash out_of_bounds
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *p = malloc(4);
    for (int i = 0; i < 4; i++)
        p[i] = 'x';
    printf("%s\n", p);
    free(p);
    return 0;
}

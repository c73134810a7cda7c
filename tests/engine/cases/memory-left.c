// expect: leak memory_left
#include <stdlib.h>

int main(void)
{
    int *p = malloc(40);
    *p = 0;
    p = NULL;
    return p != NULL;
}

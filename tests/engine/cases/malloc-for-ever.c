// expect: limit limit
#include <stdlib.h>

int main(void)
{
    while (malloc(1 << 16))
        ;
    return 0;
}

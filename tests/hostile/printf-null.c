// expect: crash
#include <stdio.h>

int main(void)
{
    printf("%s %d\n", (char *)8, 3);
    return 0;
}

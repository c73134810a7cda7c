// expect: crash
#include <stdio.h>

int main(void)
{
    *(void **)&stdout = 0;
    printf("gone\n");
    return 0;
}

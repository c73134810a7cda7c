// expect: limit too_much_output
#include <stdio.h>

int main(void)
{
    for (;;)
        printf("again and again and again and again and again\n");
}

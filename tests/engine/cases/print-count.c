// expect: misuse bad_argument
// %n writes where nobody expects a print to write.
#include <stdio.h>

int main(void)
{
    int n = 0;
    printf("chai%n\n", &n);
    return n;
}

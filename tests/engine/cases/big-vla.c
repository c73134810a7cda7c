// expect: crash stack_overflow
// An array of a hundred million bytes is no local variable.
#include <string.h>

int main(int argc, char **argv)
{
    int n = (argc + 99) * 1000000;
    char big[n];
    memset(big, 0, (size_t)n);
    return big[5];
}

// expect: spin
#include <stdlib.h>

int main(void)
{
    for (;;) {
        char *p = malloc(1 << 20);
        p[0] = 1;
        free(p);
    }
}

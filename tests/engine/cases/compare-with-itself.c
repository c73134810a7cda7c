// expect: pass none; complete
/* strcmp(s, s) reads the same bytes twice from the same place: that is no loop. */
#include <string.h>

int main(void)
{
    static char s[] = "ginger";
    char *volatile a = s, *volatile b = s;
    int differ = 0;
    for (int i = 0; i < 100; i++)
        differ += strcmp(a, b) + memcmp(a, b, sizeof s);
    return differ;
}

// expect: crash bad_free
// Nobody allocated a string in quotes.
#include <stdlib.h>

int main(void)
{
    char *text = "chai";
    free(text);
    return 0;
}

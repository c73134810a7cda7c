// expect: crash stack_smashed
// The array is the caller's, the mistake is in the one who fills it.
#include <string.h>

static void greet(char *to, const char *name)
{
    strcpy(to, "hello, ");
    strcat(to, name);
}

static void meet(const char *name)
{
    char text[16];
    greet(text, name);
}

int main(void)
{
    meet("you");
    meet("everybody who came here tonight to hear of arrays");
    return 0;
}

// expect: limit|compile
#include <setjmp.h>

static jmp_buf env;

int main(void)
{
    if (setjmp(env) == 0)
        longjmp(env, 1);
    return 0;
}

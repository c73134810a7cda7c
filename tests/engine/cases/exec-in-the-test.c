// expect: wrong exec_early
#include <unistd.h>
#include <lab/check.h>

SCENARIO(tools, "without a fork", "", "")
{
    char *words[] = {"true", NULL};
    execvp("no-such-tool", words);
    execvp("true", words);
}

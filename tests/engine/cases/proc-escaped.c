// expect: wrong child_escaped
#include <lab/check.h>
#include <sys/wait.h>
#include <unistd.h>

SCENARIO(comes_back_twice, "a child that goes on with the test", "M38", "12.7")
{
    fork();
    while (wait(NULL) > 0)
        ;
}

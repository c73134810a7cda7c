/* -1 is taken for the end. */
#include <lab/check.h>
#include <unistd.h>

SCENARIO(one_byte, "a read is interrupted", "", "")
{
    int ends[2];
    char byte = 0;
    lab_check(pipe(ends) == 0 && write(ends[1], "!", 1) == 1, "no pipe");
    lab_interrupts(1);
    ssize_t n = read(ends[0], &byte, 1);
    lab_check(n == 1, "read returned %zd", n);
}

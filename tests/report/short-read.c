/* A read is taken for a message. */
#include <lab/check.h>
#include <unistd.h>

SCENARIO(a_word, "a read brings less than there is", "", "")
{
    int ends[2];
    char word[4];
    lab_check(pipe(ends) == 0 && write(ends[1], "chai", 4) == 4, "no pipe");
    lab_short_io(1);
    ssize_t n = read(ends[0], word, 4);
    lab_check(n == 4, "read returned %zd", n);
}

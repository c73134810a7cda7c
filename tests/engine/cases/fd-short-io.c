// expect: wrong exit_status
// One read is not always one message.
#include <lab/check.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
    int ends[2];
    char text[10];
    lab_short_io(1);
    if (pipe(ends) != 0 || write(ends[1], "0123456789", 10) != 10)
        return 0; /* the write was the short one */
    ssize_t n = read(ends[0], text, sizeof text);
    close(ends[0]);
    close(ends[1]);
    return n != 10;
}

// expect: deadlock
// A pipe of a test may be small: three notes of 16 bytes are one too many, and a whole one waits for room.
#include <lab/check.h>
#include <poll.h>
#include <unistd.h>

static const char note[16];

int main(void)
{
    int ends[2];
    lab_pipe_room(40);
    if (pipe(ends) != 0 || write(ends[1], note, sizeof note) != 16 || write(ends[1], note, sizeof note) != 16)
        return 1;
    struct pollfd p = {ends[1], POLLOUT, 0};
    if (poll(&p, 1, 0) != 0)
        return 1;
    return write(ends[1], note, sizeof note) != 16;
}

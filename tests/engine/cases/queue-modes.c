// expect: pass none; complete
// A queue opened for one direction refuses the other; whether a descriptor waits can be set.
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdlib.h>

int main(void)
{
    struct mq_attr a = {.mq_maxmsg = 1, .mq_msgsize = 8}, was;
    char to[8];
    mqd_t in = mq_open("/q", O_CREAT | O_RDONLY, 0600, &a), out = mq_open("/q", O_WRONLY);
    if (mq_send(in, "x", 1, 0) != -1 || errno != EBADF || mq_receive(out, to, 8, NULL) != -1 || errno != EBADF)
        abort();
    a.mq_flags = O_NONBLOCK;
    if (mq_setattr(out, &a, &was) != 0 || was.mq_flags != 0 || was.mq_maxmsg != 1)
        abort();
    if (mq_send(out, "x", 1, 0) != 0 || mq_send(out, "y", 1, 0) != -1 || errno != EAGAIN)
        abort();
    if (mq_getattr(out, &was) != 0 || was.mq_flags != O_NONBLOCK || was.mq_curmsgs != 1)
        abort();
    a.mq_flags = 0;
    if (mq_setattr(out, &a, NULL) != 0)
        abort();
    mq_close(in);
    mq_close(out);
    mq_unlink("/q");
    return 0;
}

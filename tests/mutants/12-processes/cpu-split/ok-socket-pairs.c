/* ok: a socket pair for each child */
#define _GNU_SOURCE
#include "cpu-split.h"
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <errno.h>
static uint64_t share(uint64_t n, int procs, int k)
{
    uint64_t s = 0;
    for (uint64_t p = (uint64_t)k; p < n; p += (uint64_t)procs)
        s += count_page(p);
    return s;
}
uint64_t psum(uint64_t n, int procs)
{
    int fd[PSUM_MOST];
    pid_t pid[PSUM_MOST];
    uint64_t sum = 0;
    for (int k = 0; k < procs; k++) {
        int sv[2];
        fd[k] = -1;
        pid[k] = -1;
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, sv))
            continue;
        pid[k] = fork();
        if (pid[k] == 0) {
            close(sv[0]);
            uint64_t v = share(n, procs, k);
            size_t done = 0;
            while (done < sizeof v) {
                ssize_t w = write(sv[1], (char *)&v + done, sizeof v - done);
                if (w > 0)
                    done += (size_t)w;
                else if (errno != EINTR)
                    _exit(1);
            }
            _exit(0);
        }
        close(sv[1]);
        if (pid[k] < 0)
            close(sv[0]);
        else
            fd[k] = sv[0];
    }
    for (int k = 0; k < procs; k++) {
        uint64_t v = 0;
        if (pid[k] < 0) {
            sum += share(n, procs, k);
            continue;
        }
        size_t got = 0;
        while (got < sizeof v) {
            ssize_t r = read(fd[k], (char *)&v + got, sizeof v - got);
            if (r > 0)
                got += (size_t)r;
            else if (r == 0 || errno != EINTR)
                break;
        }
        close(fd[k]);
        while (waitpid(pid[k], 0, 0) < 0 && errno == EINTR)
            ;
        sum += v;
    }
    return sum;
}

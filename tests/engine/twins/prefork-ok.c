// expect: pass none; complete
// Servers that were forked before there was work share one socket of datagrams. Each goes home by a message of its own.
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SERVERS 2

static int serve(int socket)
{
    char text[16];
    int served = 0;
    for (;;) {
        ssize_t n = recv(socket, text, sizeof text, 0);
        if (n <= 0 || memcmp(text, "home", 4) == 0)
            return served;
        served++;
    }
}

int main(void)
{
    int ends[2], total = 0, status;
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) != 0)
        return 1;
    for (int i = 0; i < SERVERS; i++)
        if (fork() == 0)
            _exit(serve(ends[1]));
    for (int i = 0; i < 3; i++)
        send(ends[0], "work", 4, 0);
    for (int i = 0; i < SERVERS; i++)
        send(ends[0], "home", 4, 0);
    while (wait(&status) > 0)
        total += WEXITSTATUS(status);
    return total == 3 ? 0 : 1;
}

// Internet addresses in text and back.
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    struct in_addr a, b;
    struct in6_addr six;
    char text[INET6_ADDRSTRLEN];
    printf("%d %d\n", inet_pton(AF_INET, "127.0.0.1", &a), inet_pton(AF_INET, "300.0.0.1", &b));
    printf("%s %s\n", inet_ntop(AF_INET, &a, text, sizeof text), inet_ntoa(a));
    printf("%d %d\n", inet_aton("10.1.2.3", &b), inet_addr("10.1.2.3") == b.s_addr);
    printf("%d %s\n", inet_pton(AF_INET6, "::1", &six), inet_ntop(AF_INET6, &six, text, sizeof text));
    printf("%d %d\n", inet_ntop(AF_INET, &a, text, 3) == NULL, inet_pton(99, "1", &a));
    int s = socket(AF_INET, SOCK_STREAM, 0), kind = 0;
    socklen_t n = sizeof kind;
    printf("%d", getsockopt(s, SOL_SOCKET, SO_TYPE, &kind, &n));
    printf(" %d\n", kind == SOCK_STREAM && n == sizeof kind);
    struct sockaddr_in peer;
    n = sizeof peer;
    printf("%d\n", getpeername(s, (struct sockaddr *)&peer, &n));
    close(s);
    return 0;
}

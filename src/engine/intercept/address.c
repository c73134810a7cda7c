/* address: internet addresses in text and back. libc does the work; what it reads and writes is looked at first. */
#include "engine/engine.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#define DECLARE(type, name, ...) type name(__VA_ARGS__); type name(__VA_ARGS__)

DECLARE(int, __wrap_inet_pton, int family, const char *text, void *to)
{
    ENTER(CALLER);
    struct in6_addr got;
    access_string(text, ANY_LENGTH, CALLER);
    int r = inet_pton(family, text, &got);
    if (r < 0)
        return learner_errno(EAFNOSUPPORT);
    size_t n = family == AF_INET ? sizeof(struct in_addr) : sizeof got;
    if (r == 1) {
        access_range(to, n, true, CALLER);
        memcpy(to, &got, n);
    }
    return r;
}

DECLARE(const char *, __wrap_inet_ntop, int family, const void *from, char *to, socklen_t room)
{
    ENTER(CALLER);
    char text[INET6_ADDRSTRLEN];
    bool known = family == AF_INET || family == AF_INET6;
    if (known)
        access_range(from, family == AF_INET ? sizeof(struct in_addr) : sizeof(struct in6_addr), false, CALLER);
    if (!known || !inet_ntop(family, from, text, sizeof text) || strlen(text) >= room) {
        learner_errno(known ? ENOSPC : EAFNOSUPPORT);
        return NULL;
    }
    access_range(to, strlen(text) + 1, true, CALLER);
    return strcpy(to, text);
}

DECLARE(int, __wrap_inet_aton, const char *text, struct in_addr *to)
{
    ENTER(CALLER);
    struct in_addr got;
    access_string(text, ANY_LENGTH, CALLER);
    if (!inet_aton(text, &got))
        return 0;
    access_range(to, sizeof got, true, CALLER);
    *to = got;
    return 1;
}

DECLARE(in_addr_t, __wrap_inet_addr, const char *text)
{
    ENTER(CALLER);
    access_string(text, ANY_LENGTH, CALLER);
    return inet_addr(text);
}

DECLARE(char *, __wrap_inet_ntoa, struct in_addr in)
{
    ENTER(CALLER);
    char text[INET_ADDRSTRLEN], *shared = library_memory(LIBRARY_ADDRESS_TEXT);
    inet_ntop(AF_INET, &in, text, sizeof text);
    access_range(shared, strlen(text) + 1, true, CALLER);
    return strcpy(shared, text);
}

/* mutant: asks again and again with the GIL in between
 * expect: SPIN in reading
 * belief: M07 asking often enough is waiting */
/* The GIL protects the objects. Waiting needs none of them: the bytes go into a local array, and a reference
 * keeps the object alive as long as it takes. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lab/lab.h>

#include "release-to-wait.h"

void py_incref(obj_t *o)
{
    o->refcnt++;
}

void py_decref(obj_t *o)
{
    o->refcnt--;
    if (o->refcnt == 0)
        free(o);
}

void py_sleep(int ms)
{
    gil_drop();
    lab_brew(ms);
    gil_take();
}

int py_read(obj_t *o, int fd)
{
    char text[OBJ_SIZE];
    py_incref(o);
    int ready = 0;
    while (!ready) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        ready = poll(&p, 1, 0);
        gil_drop();
        gil_take();
    }
    ssize_t n = read(fd, text, sizeof text);
    if (n > 0) {
        memcpy(o->text, text, (size_t)n);
        o->len = (int)n;
    }
    py_decref(o);
    return (int)n;
}

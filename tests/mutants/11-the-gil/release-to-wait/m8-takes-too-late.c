/* mutant: copies before it has the GIL again
 * expect: RACE in looked_at
 * belief: M13, M16 the end of a wait is part of the wait */
/* The GIL protects the objects. Waiting needs none of them: the bytes go into a local array, and a reference
 * keeps the object alive as long as it takes. */
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
    gil_drop();
    ssize_t n = read(fd, text, sizeof text);
    if (n > 0) {
        memcpy(o->text, text, (size_t)n);
        o->len = (int)n;
    }
    gil_take();
    py_decref(o);
    return (int)n;
}

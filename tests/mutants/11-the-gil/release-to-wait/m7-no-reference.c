/* mutant: keeps no reference of its own
 * expect: CRASH in last_reference
 * belief: M26, M08 an object stays as long as I need it */
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
    gil_drop();
    ssize_t n = read(fd, text, sizeof text);
    gil_take();
    if (n > 0) {
        memcpy(o->text, text, (size_t)n);
        o->len = (int)n;
    }
    return (int)n;
}

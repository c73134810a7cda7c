/* mutant: looks into the object after it has given its reference back
 * expect: CRASH in last_reference
 * belief: M08 memory stays as long as somebody uses it */
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
    gil_take();
    if (n > 0) {
        memcpy(o->text, text, (size_t)n);
        o->len = (int)n;
    }
    py_decref(o);
    return n > 0 ? o->len : (int)n;
}

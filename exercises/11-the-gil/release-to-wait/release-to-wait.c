/* py_sleep lets go of the GIL while it waits. py_read keeps it, and everybody else has to wait until
 * something is written. Repair it. Everything in this file may be changed. */
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
    // region: arrange
    ssize_t n = read(fd, text, sizeof text);
    if (n > 0) {
        memcpy(o->text, text, (size_t)n);
        o->len = (int)n;
    }
    // endregion
    return (int)n;
}

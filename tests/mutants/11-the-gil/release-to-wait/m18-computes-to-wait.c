/* mutant: computes while it should sleep
 * expect: SERIAL in all_cores_busy
 * belief: none */
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
    lab_work(ms);
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
    return (int)n;
}

/* release-to-wait.h - calls of a toy interpreter, some of which may wait. Each of yours is called by a thread that
 * holds the GIL, and the thread holds it when the function returns. */
#ifndef RELEASE_TO_WAIT_H
#define RELEASE_TO_WAIT_H

enum { OBJ_SIZE = 8 };

/* An object of the interpreter. The GIL protects every field of every object. */
typedef struct {
    int refcnt; /* who uses it; at 0 it is freed */
    int len;    /* bytes of text that are in use */
    char text[OBJ_SIZE];
} obj_t;

/* ---- the interpreter: interpreter.c ---- */

/* Waits for the GIL and takes it. The caller does not hold it yet. */
void gil_take(void);
/* Gives the GIL back. The caller holds it. */
void gil_drop(void);
/* A new object without text and with one reference, the caller's. */
obj_t *obj_new(void);

/* ---- yours: release-to-wait.c ---- */

/* One more uses o. */
void py_incref(obj_t *o);
/* One fewer uses o; the last one frees it. */
void py_decref(obj_t *o);
/* Waits for `ms` milliseconds. Others run meanwhile. */
void py_sleep(int ms);
/* Reads once, at most OBJ_SIZE bytes, from fd into the text of o, and waits until there is something. Others run
 * meanwhile, and may give back every other reference to o. Returns what read() returned; unless that
 * is above 0, o stays as it is. */
int py_read(obj_t *o, int fd);

#endif

/* check.c - does a call that waits let the others run, is every object touched under the GIL only, and is it
 * there as long as somebody uses it? */
#include <lab/check.h>
#include <string.h>
#include <unistd.h>

#include "release-to-wait.h"

static int bytecodes; /* the GIL protects it, as everything of the interpreter */
static obj_t *shared;
static int channel[2];

/* The GIL is held: the thread does something that only a holder may. */
static void run_a_bytecode(void)
{
    bytecodes++;
}

static void *sleeper(void *arg)
{
    gil_take();
    run_a_bytecode();
    py_sleep((int)(long)arg);
    run_a_bytecode();
    gil_drop();
    return NULL;
}

SCENARIO(sleepers, "three threads sleep for two seconds", "M18", "11.4")
{
    for (int i = 0; i < 3; i++)
        lab_go(sleeper, (void *)2000L);
    lab_join_all();
    lab_check(bytecodes == 6, "the interpreter counts %d steps and not 6", bytecodes);
    lab_always_within(2000, "three sleeps of two seconds took %ld ms and not 2000", lab_now_ms());
}

/* ---- reference counts ------------------------------------------------------------ */

static void *user(void *arg)
{
    gil_take();
    py_incref(shared);
    gil_drop();
    gil_take();
    py_decref(shared);
    gil_drop();
    return arg;
}

SCENARIO(counting, "two threads use the same object", "M22", "11.1")
{
    shared = obj_new();
    lab_go(user, NULL);
    lab_go(user, NULL);
    lab_join_all();
    lab_check(shared->refcnt == 1, "one reference is left, the count says %d", shared->refcnt);
    gil_take();
    py_decref(shared);
    gil_drop();
    lab_require("leak", lab_heap_live() == 0, "M08 if what nobody uses any more went away by itself: "
                "nobody uses the object any more, and it was not freed");
}

/* ---- reading ----------------------------------------------------------------------- */

static void open_channel(void)
{
    lab_check(pipe(channel) == 0, "the machine gives us no pipe");
}

static void *reader(void *arg)
{
    obj_t *mine = arg;
    gil_take();
    int n = py_read(mine, channel[0]);
    run_a_bytecode();
    lab_check(n == 3, "three bytes were written, py_read returned %d", n);
    lab_check(mine->len == 3 && memcmp(mine->text, "tea", 3) == 0,
              "\"tea\" was written, and %d bytes \"%.8s\" are in the object", mine->len, mine->text);
    py_decref(mine);
    gil_drop();
    return NULL;
}

static void send(void)
{
    gil_take();
    run_a_bytecode();
    lab_check(write(channel[1], "tea", 3) == 3, "the pipe takes no three bytes");
    gil_drop();
}

static void *writer(void *arg)
{
    send();
    return arg;
}

SCENARIO(reading, "one reads what another one writes", "M18", "11.4")
{
    lab_no_polling();
    open_channel();
    lab_go(reader, obj_new());
    lab_go(writer, NULL);
    lab_join_all();
    lab_check(bytecodes == 2, "the interpreter counts %d steps and not 2", bytecodes);
    lab_require("leak", lab_heap_live() == 0, "M08 if what nobody uses any more went away by itself: "
                "nobody uses the object any more, and it was not freed");
}

static void *looker(void *arg)
{
    gil_take();
    char first = shared->text[0];
    lab_check(first == (shared->len == 1 ? 'c' : 't'), "the object has %d bytes, and the first is '%c'", shared->len, first);
    py_decref(shared);
    gil_drop();
    return arg;
}

static void *reader_of_shared(void *arg)
{
    gil_take();
    py_read(shared, channel[0]);
    py_decref(shared);
    gil_drop();
    return arg;
}

SCENARIO(looked_at, "another thread looks at the object meanwhile", "M09", "11.4")
{
    shared = obj_new();
    *shared = (obj_t){.refcnt = 2, .len = 1, .text = "c"}; /* the reader's and the looker's */
    open_channel();
    send();
    lab_go(reader_of_shared, NULL);
    lab_go(looker, NULL);
    lab_join_all();
    lab_require("leak", lab_heap_live() == 0, "M08 if what nobody uses any more went away by itself: "
                "nobody uses the object any more, and it was not freed");
}

static void *only_reader(void *arg)
{
    gil_take();
    int n = py_read(shared, channel[0]);
    lab_check(n == 3, "three bytes were written, py_read returned %d", n);
    gil_drop();
    return arg;
}

SCENARIO(last_reference, "the last other reference is given back meanwhile", "M16", "11.4")
{
    shared = obj_new();
    open_channel();
    lab_go(only_reader, NULL);
    lab_brew(1000);
    if (lab_ideal_clock()) { /* he waits in py_read now */
        gil_take();
        py_decref(shared);
        gil_drop();
    }
    send();
    lab_join_all();
    if (!lab_ideal_clock())
        py_decref(shared);
    lab_require("leak", lab_heap_live() == 0, "M08 if what nobody uses any more went away by itself: "
                "nobody uses the object any more, and it was not freed");
}

static void *second_reader(void *arg)
{
    int fd = *(int *)arg;
    obj_t *mine;
    gil_take();
    mine = obj_new();
    int n = py_read(mine, fd);
    lab_check(n == 3 && memcmp(mine->text, "two", 3) == 0,
              "\"two\" was written for the second one, py_read returned %d, and the object has \"%.8s\"", n, mine->text);
    py_decref(mine);
    gil_drop();
    return arg;
}

SCENARIO(two_read, "two read from two pipes", "M09", "11.4")
{
    int second[2];
    open_channel();
    lab_check(pipe(second) == 0, "the machine gives us no pipe");
    send();
    lab_check(write(second[1], "two", 3) == 3, "the pipe takes no three bytes");
    lab_go(reader, obj_new());
    second_reader(&second[0]);
    lab_join_all();
}

SCENARIO(full, "eight bytes are there, and then a ninth", "M17", "11.4")
{
    obj_t *o = obj_new();
    open_channel();
    lab_check(write(channel[1], "eight by", 9) == 9, "the pipe takes no nine bytes");
    gil_take();
    int n = py_read(o, channel[0]);
    lab_check(n == OBJ_SIZE, "eight bytes have their place in the object, py_read returned %d", n);
    lab_check(o->len == OBJ_SIZE && memcmp(o->text, "eight by", OBJ_SIZE) == 0,
              "\"eight by\" was written, and %d bytes \"%.8s\" are in the object", o->len, o->text);
    py_decref(o);
    gil_drop();
}

SCENARIO(nothing_to_read, "the other end is closed", "M17", "11.4")
{
    obj_t *o = obj_new();
    open_channel();
    close(channel[1]);
    gil_take();
    o->len = 2;
    int n = py_read(o, channel[0]);
    run_a_bytecode();
    lab_check(n == 0, "there is nothing to read any more, py_read returned %d and not 0", n);
    lab_check(o->len == 2, "nothing was read, and the length of the object is %d and not 2", o->len);
    py_decref(o);
    gil_drop();
    lab_require("leak", lab_heap_live() == 0, "M00: nobody uses the object any more, and it was not freed");
}

/* The GIL is held by whoever comes back, also after an error. */
SCENARIO(interrupted, "two bytes are there, and read may be interrupted", "M17", "11.4")
{
    obj_t *o = obj_new();
    open_channel();
    lab_check(write(channel[1], "te", 2) == 2, "the pipe takes no two bytes");
    lab_interrupts(1);
    gil_take();
    *o = (obj_t){.refcnt = 1, .len = 1, .text = "c"};
    int n = py_read(o, channel[0]);
    lab_check(n == 2 || n == -1, "two bytes are there, py_read returned %d", n);
    lab_check(o->len == (n == 2 ? 2 : 1) && o->text[0] == (n == 2 ? 't' : 'c'),
              "M36 if reading never failed: py_read returned %d, and the object has %d bytes, the first is '%c'", n, o->len, o->text[0]);
    py_decref(o);
    gil_drop();
    lab_require("leak", lab_heap_live() == 0, "M00: nobody uses the object any more, and it was not freed");
}

static void *burn(void *arg)
{
    lab_work(1000);
    return arg;
}

SCENARIO(all_cores_busy, "four threads compute, one sleeps for 700 ms", "M44", "11.4")
{
    if (!lab_ideal_clock()) /* it makes no promise about time */
        return;
    for (int i = 0; i < 4; i++)
        lab_go(burn, NULL);
    gil_take();
    py_sleep(700);
    lab_check(lab_now_ms() == 700, "M00: a sleep of 700 ms took %ld ms; it needs no core", lab_now_ms());
    gil_drop();
    lab_join_all();
    lab_always_within(1000, "M00: four cores computed for a second, while a thread slept, and it took %ld ms", lab_now_ms());
}

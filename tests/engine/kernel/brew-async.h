/* brew-async: a brew as a task. WRONG 1: it sleeps; 2: its state is static. */
#include <lab/check.h>
#include <lab/loop.h>
#include <string.h>
#include <time.h>

#ifndef WRONG
#define WRONG 0
#endif

struct brew {
    const char *name;
    int at;
};
static const char *ready[3];
static int brewing, done;

static int brew_step(loop_t *l, void *co)
{
    static const char *shared;
    struct brew *b = co;
    if (b->at == 0) {
        lab_check(done == 0, "%s begins after another one is ready", b->name);
        brewing++;
        shared = b->name;
        b->at = 1;
        if (WRONG != 1)
            return co_sleep(l, 3000);
        nanosleep(&(struct timespec){3, 0}, NULL);
    }
    ready[done++] = WRONG == 2 ? shared : b->name;
    return CO_DONE;
}

SCENARIO(three, "three brews of 3 s take 3 s", "M41", "14.8")
{
    loop_t *l = loop_new();
    struct brew b[3] = {{"Masala", 0}, {"Green", 0}, {"Ginger", 0}};
    for (int i = 0; i < 3; i++)
        loop_spawn(l, brew_step, &b[i]);
    lab_loop(1, 500);
    loop_run(l);
    lab_loop(-1, 0);
    loop_free(l);
    lab_check(done == 3 && strcmp(ready[0], ready[1]) != 0, "%s is told twice", ready[0]);
    lab_no_descriptors_left();
    lab_always_within(3000, "it took %ld ms", lab_now_ms());
}

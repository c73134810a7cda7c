/* check.c - every brew tells its own name, is ready after three seconds, and keeps nobody waiting. */
#include <lab/check.h>
#include <stdio.h>
#include <string.h>

#include "brew-async.h"

enum { MOST = 3 };

static struct brew brew[MOST];
static int brews, brewing, ready;
static long ready_at; /* when the last one was */

/* Which one it is. */
static int number(const char *name)
{
    int i = 0;
    while (i < brews && (!name || strcmp(brew[i].name, name) != 0))
        i++;
    lab_check(i < brews, "M41 if a function that waits kept its local variables: "
              "somebody tells of \"%s\", which is none of the brews; local variables are gone after a wait",
              name ? name : "(null)");
    return i;
}

static int was_brewing[MOST], was_ready[MOST];

void tell_brewing(const char *name)
{
    int i = number(name);
    printf("Brewing %s...\n", name);
    lab_check(!was_brewing[i], "M41 if a function went on behind its return: \"Brewing %s...\" was told twice", name);
    was_brewing[i] = 1;
    brewing++;
}

void tell_ready(const char *name)
{
    int i = number(name);
    printf("%s is ready...\n", name);
    lab_check(was_brewing[i], "M42 if every call had static variables of its own: "
              "%s is ready before it was brewed: its first call found a bookmark that another brew had moved", name);
    lab_check(!was_ready[i], "M42 if every call had static variables of its own: "
              "\"%s is ready...\" was told twice", name);
    was_ready[i] = 1;
    ready++;
    ready_at = lab_ideal_clock() ? lab_now_ms() : 3000;
    lab_check(ready_at > 0, "M41 if to ask for a sleep were to sleep: "
              "%s is ready at once: a wait begins when the step has returned", name);
    lab_check(ready_at >= 3000, "M41 if to ask for a sleep were to sleep: "
              "%s is ready %ld ms after the start, and a brew takes 3000", name, ready_at);
}

static void all_ready(void)
{
    for (int i = 0; i < brews; i++) {
        lab_check(was_brewing[i], "%s was never brewed", brew[i].name);
        lab_check(was_ready[i], "M42 if a wait that was started came back by itself: "
                  "its task ended, and %s was never told to be ready", brew[i].name);
    }
}

static loop_t *open_stall(int n)
{
    static const char *const names[MOST] = {"Masala", "Green", "Ginger"};
    brews = n;
    for (int i = 0; i < n; i++)
        brew[i] = (struct brew){.name = names[i]};
    lab_no_polling();
    return loop_new();
}

static void run(loop_t *l)
{
    lab_loop(1, 500);
    loop_run(l);
    lab_loop(-1, 0);
    loop_free(l);
    all_ready();
    lab_no_descriptors_left();
    lab_check(lab_heap_live() == 0, "%zu bytes of memory were not given back", lab_heap_live());
}

SCENARIO(one, "one brew", "M41", "14.4")
{
    loop_t *l = open_stall(1);
    loop_spawn(l, brew_step, &brew[0]);
    run(l);
    lab_always_within(3000, "M44 if a second wait cost nothing: it took %ld ms; a brew takes 3000", lab_now_ms());
}

SCENARIO(three, "three brews at the same time", "M41", "14.4")
{
    loop_t *l = open_stall(3);
    for (int i = 0; i < 3; i++)
        loop_spawn(l, brew_step, &brew[i]);
    run(l);
    lab_always_within(3000, "it took %ld ms; all three wait at the same time", lab_now_ms());
}

/* A guest who comes in later. */
static int late_guest(loop_t *l, void *co)
{
    int *at = co;
    if ((*at)++ == 0)
        return co_sleep(l, 1000);
    lab_check(brewing == 1 && ready == 0, "after 1 second %d brews were begun and %d ready", brewing, ready);
    loop_spawn(l, brew_step, &brew[1]);
    return CO_DONE;
}

SCENARIO(later, "a second brew, one second later", "M41", "14.4")
{
    int at = 0;
    loop_t *l = open_stall(2);
    loop_spawn(l, brew_step, &brew[0]);
    loop_spawn(l, late_guest, &at);
    run(l);
    lab_always_within(4000, "it took %ld ms; 1000 and 3000 would do", lab_now_ms());
}

/* Somebody sets the wall clock back by an hour. */
static int sets_the_clock(loop_t *l, void *co)
{
    int *at = co;
    if ((*at)++ == 0)
        return co_sleep(l, 1000);
    lab_jump_wall_clock(-3600000);
    return CO_DONE;
}

SCENARIO(clock_is_set, "the clock on the wall is set back meanwhile", "M08 if the clock on the wall were never set", "14.4")
{
    int at = 0;
    loop_t *l = open_stall(1);
    loop_spawn(l, brew_step, &brew[0]);
    loop_spawn(l, sets_the_clock, &at);
    run(l);
    lab_always_within(3000, "it took %ld ms; a brew takes 3000, whatever the clock on the wall says", lab_now_ms());
}

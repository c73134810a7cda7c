/* check.c - holds both or none, gives up in the end, waits for no lock, and two who are equally polite
 * still get through. */
#include <lab/check.h>

#include "polite.h"

static pthread_mutex_t spoon = PTHREAD_MUTEX_INITIALIZER, sieve = PTHREAD_MUTEX_INITIALIZER;
static int brewed; /* spoon and sieve protect it, each of them alone */

/* What another thread can say about a lock: is it free? */
static void *look(void *arg)
{
    pthread_mutex_t *lock = arg;
    if (pthread_mutex_trylock(lock) != 0)
        return lock;
    pthread_mutex_unlock(lock);
    return NULL;
}

static bool is_taken(pthread_mutex_t *lock)
{
    pthread_t t;
    void *answer;
    pthread_create(&t, NULL, look, lock);
    pthread_join(t, &answer);
    return answer;
}

static void give_back(void)
{
    pthread_mutex_unlock(&spoon);
    pthread_mutex_unlock(&sieve);
}

SCENARIO(both_free, "both are free, one try", "M08", "05.5")
{
    lab_check(grab_both(&spoon, &sieve, 0, 1), "both locks were free, and one try was not enough");
    lab_check(is_taken(&spoon), "grab_both returned true, and the first lock is free");
    lab_check(is_taken(&sieve), "grab_both returned true, and the second lock is free");
    give_back();
    lab_check(grab_both(&sieve, &spoon, 1, 2), "both locks were free again, and were not taken");
    give_back();
}

struct cook {
    pthread_mutex_t *first, *second;
    unsigned me;
    int tries;
    bool got;
};

static void *grab(void *arg)
{
    struct cook *c = arg;
    c->got = grab_both(c->first, c->second, c->me, c->tries);
    return NULL;
}

/* Main keeps `busy` all the time: the cook has to come back with nothing. */
static void gives_up(struct cook *c, pthread_mutex_t *busy, pthread_mutex_t *other)
{
    pthread_mutex_lock(busy);
    lab_go(grab, c);
    lab_join_all();
    lab_check(!c->got, "%sgrab_both returned true, but one of the two locks belongs to somebody else",
              is_taken(other) ? "M13 if one of the two locks were as good as both: "
                              : "M08 if so many tries were enough, whatever came of them: ");
    lab_require("leak", !is_taken(other), "M17: grab_both returned false and kept a lock");
    pthread_mutex_unlock(busy);
}

SCENARIO(first_is_taken, "somebody keeps the first lock", "M17", "05.5")
{
    static struct cook c;
    c = (struct cook){&spoon, &sieve, 0, 2, false};
    gives_up(&c, &spoon, &sieve);
}

SCENARIO(second_is_taken, "somebody keeps the second lock", "M08", "05.5")
{
    static struct cook c;
    c = (struct cook){&spoon, &sieve, 1, 2, false};
    gives_up(&c, &sieve, &spoon);
}

SCENARIO(no_tries, "not a single try", "M08", "05.5")
{
    lab_check(!grab_both(&spoon, &sieve, 1, 0), "no try was allowed, and grab_both returned true");
    lab_require("leak", !is_taken(&spoon) && !is_taken(&sieve), "M17: grab_both returned false and kept a lock");
}

static void *cook(void *arg)
{
    struct cook *c = arg;
    c->got = grab_both(c->first, c->second, c->me, c->tries);
    if (c->got) {
        brewed++;
        pthread_mutex_unlock(c->first);
        pthread_mutex_unlock(c->second);
    }
    return NULL;
}

/* Two at the same time. `sure`: both must get through, in each order in which sleepers sleep as long as
 * they should. */
static void two_cooks(struct cook *x, struct cook *y, bool sure)
{
    brewed = 0;
    lab_go(cook, x);
    lab_go(cook, y);
    lab_join_all();
    lab_check(brewed == x->got + y->got, "%d cups were brewed by %d cooks who had both locks", brewed,
              x->got + y->got);
    lab_require("leak", !is_taken(&spoon) && !is_taken(&sieve), "all have ended, and a lock is still taken");
    if (sure)
        lab_require("starved", !lab_ideal_clock() || (x->got && y->got),
                    "%s after %d tries each: %s",
                    x->got || y->got ? "one of two gave up" : "both gave up", x->tries,
                    x->first == y->first
                        ? "they came one right after the other, while somebody else had the locks"
                        : "they undo each other, in lock-step; who waits equally long, or not at all, meets again");
}

SCENARIO(once_each, "two in opposite order, one try each", "M16", "05.5")
{
    static struct cook x, y;
    x = (struct cook){&spoon, &sieve, 0, 1, false};
    y = (struct cook){&sieve, &spoon, 1, 1, false};
    two_cooks(&x, &y, false);
}

SCENARIO(in_lock_step, "two in opposite order, three tries each", "M21", "05.6")
{
    static struct cook x, y;
    x = (struct cook){&spoon, &sieve, 0, 3, false};
    y = (struct cook){&sieve, &spoon, 1, 3, false};
    two_cooks(&x, &y, true);
}

SCENARIO(other_numbers, "the same, and the two are numbers 1 and 7", "M21", "05.6")
{
    static struct cook x, y;
    x = (struct cook){&spoon, &sieve, 1, 3, false};
    y = (struct cook){&sieve, &spoon, 7, 3, false};
    two_cooks(&x, &y, true);
}

SCENARIO(same_order, "two in the same order, three tries each", "M21", "05.6")
{
    static struct cook x, y;
    x = (struct cook){&spoon, &sieve, 3, 3, false};
    y = (struct cook){&spoon, &sieve, 2, 3, false};
    two_cooks(&x, &y, true);
}

static pthread_mutex_t ladle = PTHREAD_MUTEX_INITIALIZER, sugar = PTHREAD_MUTEX_INITIALIZER;

/* Wants two locks that are free, and nobody else does. */
static void *grab_others(void *arg)
{
    bool got = grab_both(&ladle, &sugar, 4, 1);
    lab_check(got, "both locks were free, and one try was not enough");
    lab_require("serial", !lab_ideal_clock() || lab_now_ms() == 0,
                "M18: two locks were free, and a cook came by them only after %ld ms: he waited for one who was "
                "waiting for two others", lab_now_ms());
    pthread_mutex_unlock(&ladle);
    pthread_mutex_unlock(&sugar);
    return arg;
}

SCENARIO(other_locks, "one gets nothing and waits, another one wants two other locks", "M18", "05.5")
{
    static struct cook c;
    c = (struct cook){&spoon, &sieve, 0, 2, false};
    pthread_mutex_lock(&spoon);
    lab_go(grab, &c);
    lab_go(grab_others, NULL);
    lab_join_all();
    pthread_mutex_unlock(&spoon);
}

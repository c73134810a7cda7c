/* check.c - is each cup sold once, by whichever process, and does it go on when one of them dies? */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lab/check.h>

#include "shared-stock.h"

static stock_t *s;

static void begin(int cups)
{
    lab_no_polling();
    s = shared_stock_new(cups);
    lab_check(s != NULL, "shared_stock_new returned NULL");
}

/* A process that sells so often; its exit status tells how many cups it got. */
static pid_t seller(int times)
{
    int sold = 0;
    pid_t child = fork();
    if (child != 0)
        return child;
    for (int i = 0; i < times; i++)
        sold += shared_sell(s);
    _exit(sold);
}

/* What the exit status of the child tells; -1: it was killed. */
static int sold_by(pid_t child)
{
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void finish(void)
{
    shared_stock_free(s);
    lab_no_mappings_left();
    lab_no_descriptors_left();
}

SCENARIO(one_after_the_other, "a child sells, then its parent", "M38", "13.7")
{
    begin(1);
    int child = sold_by(seller(1));
    lab_check(child == 1, "there was a cup, and the child got none");
    for (int i = 0; i < 2; i++)
        lab_check(!shared_sell(s), "the child had sold the last cup, and its parent sold it once more");
    finish();
}

SCENARIO(three_cups, "two processes, two sales each, three cups", "M13", "13.7")
{
    begin(3);
    pid_t child = seller(2);
    int mine = shared_sell(s) + shared_sell(s);
    int all = mine + sold_by(child);
    lab_check(all == 3, "four customers, three cups: %d were sold", all);
    finish();
}

SCENARIO(two_children, "two children, one cup", "M13", "13.7")
{
    begin(1);
    pid_t a = seller(1), b = seller(1);
    int sold = sold_by(a);
    sold += sold_by(b);
    lab_check(sold == 1, "one cup was there, and %d were sold", sold);
    finish();
}

SCENARIO(two_shelves, "two shelves at once", "M15", "13.7")
{
    begin(1);
    stock_t *other = shared_stock_new(2);
    lab_check(sold_by(seller(2)) == 1, "M15 if one shelf were enough for all: one cup was on the first shelf");
    lab_check(shared_sell(other) && shared_sell(other) && !shared_sell(other), "two cups were on the second shelf");
    shared_stock_free(other);
    finish();
}

SCENARIO(counted, "somebody counts the cups, with the lock, while a child sells one", "M09", "13.7")
{
    begin(2);
    pid_t child = seller(1);
    pthread_mutex_lock(&s->lock);
    int cups = s->cups, again = s->cups;
    pthread_mutex_unlock(&s->lock);
    lab_check(cups == again, "who has the lock counted %d cups, and then %d", cups, again);
    lab_check(sold_by(child) == 1, "there were two cups, and the child got none");
    finish();
}

/* A process that sells so often, and dies with the lock. */
static void dies_inside(int sales)
{
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < sales; i++)
            lab_check(shared_sell(s), "there was a cup left, and nobody could buy it");
        int r = pthread_mutex_lock(&s->lock);
        lab_check(r != ENOTRECOVERABLE, "M17 if a lock were like any other after its owner has died: "
                  "the lock is lost for ever: nobody said that all is well after a seller had died");
        _exit(0);
    }
    waitpid(child, NULL, 0);
}

SCENARIO(owner_dies, "a seller dies with the lock, before he took the cup", "M17", "13.7")
{
    begin(1);
    dies_inside(0);
    lab_check(shared_sell(s), "M17 if an error meant that there is no lock: "
              "the dead seller had not taken the cup, and nobody could buy it");
    lab_check(!shared_sell(s), "M17 if the dead owner had done half of his work: "
              "there was one cup, and it was sold twice");
    finish();
}

SCENARIO(two_die, "two sellers die, one after the other", "M17", "13.7")
{
    begin(2);
    dies_inside(0);
    dies_inside(1);
    lab_check(shared_sell(s), "there were two cups, one was sold, and nobody could buy the other one");
    lab_check(!shared_sell(s), "there were two cups, and a third was sold");
    finish();
}

static void *kill_it(void *child)
{
    kill(*(pid_t *)child, SIGKILL);
    return NULL;
}

SCENARIO(killed_anywhere, "a seller is killed at any moment, while another one sells", "M17", "13.7")
{
    static pid_t child;
    begin(2);
    child = seller(1);
    lab_go(kill_it, &child);
    int mine = shared_sell(s);
    lab_join_all();
    int told = sold_by(child);
    while (mine < 3 && shared_sell(s))
        mine++;
    lab_check(told != 1 || mine == 1, "two cups: one seller sold one, the other one sold %d", mine);
    lab_check(told == 1 || mine == 1 || mine == 2, "two cups: one seller was killed, the other one sold %d", mine);
    lab_check(told != 0, "two cups, and a seller got none of them");
    lab_possible("wrong", told < 0 && mine == 1, "a seller may be killed right after he took a cup; here nobody ever is");
    finish();
}

SCENARIO(die_again, "sellers die, and each time the same one takes over", "M17 if a lock whose owner died were repaired for good", "13.7")
{
    begin(3);
    for (int i = 0; i < 3; i++) {
        dies_inside(0);
        lab_check(shared_sell(s), "there was a cup left, and nobody could buy it");
    }
    lab_check(!shared_sell(s), "there were three cups, and a fourth was sold");
    finish();
}

SCENARIO(one_goes_home, "a child needs the shelf no longer, its parent goes on", "M08 if every process had a lock of its own", "13.7")
{
    begin(2);
    pid_t child = fork();
    if (child == 0) {
        bool sold = shared_sell(s);
        shared_stock_free(s);
        _exit(sold);
    }
    lab_check(sold_by(child) == 1, "there were two cups, and the child got none");
    lab_check(shared_sell(s), "there were two cups, one was sold, and nobody could buy the other one");
    lab_check(!shared_sell(s), "there were two cups, and a third was sold");
    finish();
}

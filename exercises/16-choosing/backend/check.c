/* check.c - the backend with few requests, in every order; with many, once. The loop's thread may stand still for no
 * time at all until its last answer is given. */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/timerfd.h>

#include <lab/check.h>

#include "backend.h"

enum { MOST = 32, CROWD = 18, THREADS = 16, MAIL_MS = 1000, IMAGE_MS = 2000, LONG_MS = 1000000 };

static pthread_t loop_thread;
static int expected;                     /* requests that will be accepted */
static int answers, stored;              /* calls of answer and store_image */
static bool answered[MOST], stored_of[MOST];
static long due[MOST];                   /* when a request should be answered */
static _Atomic int mails_sent;           /* also asked while the mailer may be at work */
static int mail_of[MOST];                /* how many times; written by whoever sends */

/* ---- what is given --------------------------------------------------------------------------------- */

static bool on_the_loop(void) { return pthread_equal(pthread_self(), loop_thread) != 0; }

static void threads_are_few(void)
{
    lab_require("limit", lab_threads_started() <= THREADS, "M37 if more threads were always better: "
                "%d threads were started; %d are allowed",
                lab_threads_started(), THREADS);
}

void answer(int number)
{
    lab_check(on_the_loop(), "answer(%d) is called by another thread than the loop's", number);
    lab_check(number >= 0 && number < MOST && due[number] > 0, "M08 if who comes too late saw that himself: "
              "request %d: nobody came with it before closing time",
              number);
    lab_check(!answered[number], "request %d is answered twice", number);
    lab_require("late", !lab_ideal_clock() || lab_now_ms() <= due[number] + 50,
                "request %d is answered after %ld ms, it was due after %ld ms", number, lab_now_ms(), due[number]);
    threads_are_few();
    answered[number] = true;
    if (++answers == expected)
        lab_loop(LONG_MS, 0); /* from now on it may stand still, but not go round in no time */
}

void send_mail(int number)
{
    lab_check(number >= 0 && number < MOST && answered[number], "M30 if who is woken went on only when I am done: "
              "mail %d is sent before request %d is answered", number, number);
    lab_brew(MAIL_MS);
    mail_of[number]++;
    mails_sent++;
}

long shrink_image(int number)
{
    lab_work(IMAGE_MS);
    return 1000 + 7 * number;
}

void store_image(int number, long size)
{
    lab_check(on_the_loop(), "store_image(%d, ..) is called by another thread than the loop's", number);
    lab_check(number >= 0 && number < MOST && !stored_of[number], "image %d is stored twice, or never came", number);
    lab_check(size == 1000 + 7 * number, "image %d is stored with size %ld, not %d", number, size, 1000 + 7 * number);
    stored_of[number] = true;
    stored++;
}

/* ---- a day in the shop ------------------------------------------------------------------------------ */

static struct plan plan;
static int customer; /* the other end of plan.requests */

static void comes(struct request r)
{
    due[r.number] = r.ms;
    if (write(customer, &r, sizeof r) != (ssize_t)sizeof r)
        lab_check(false, "the pipe of requests is broken: who closed it?");
}

/* Closing time comes after `ms`; 0: never. */
static void opens(int mail_places, int image_workers, int closing_ms)
{
    int pair[2];
    struct itimerspec closing = {.it_value = {closing_ms / 1000, closing_ms % 1000 * 1000000L}};
    if (pipe(pair) != 0)
        lab_check(false, "no pipe");
    plan = (struct plan){pair[0], timerfd_create(CLOCK_MONOTONIC, 0), mail_places, image_workers};
    customer = pair[1];
    timerfd_settime(plan.stop, 0, &closing, NULL);
    loop_thread = pthread_self();
}

static void no_more(void)
{
    close(customer);
    customer = -1;
}

static void nothing_left(void)
{
    lab_no_children_left();
    if (customer >= 0)
        close(customer);
    close(plan.requests);
    close(plan.stop);
    lab_no_descriptors_left();
}

/* With the hostile clock a mailer may be late, and a mail finds no place: then only the sum is certain. */
static void mails_are(struct report r, int wanted, int refused)
{
    int sent = mails_sent, accepted = wanted - r.refused;
    lab_check(!lab_ideal_clock() || sent > wanted - refused || r.refused >= refused,
              "of %d mails %d were sent, and the report says that %d were refused", wanted, sent, r.refused);
    lab_require("limit", !lab_ideal_clock() || r.refused >= refused,
                "M18 if what waits cost nothing: "
                "%d mails came at once and %d were accepted: one is being sent, %d may wait", wanted, accepted,
                plan.mail_places);
    lab_check(!lab_ideal_clock() || r.refused <= refused, "%d of %d mails were refused; there was no place for %d",
              r.refused, wanted, refused);
    lab_check(sent == accepted, "M24 if what was accepted were done by itself: "
              "%d of %d accepted mails were sent when backend_run returned", sent, accepted);
    lab_check(r.mails == sent, "the report says %d mails, %d were sent", r.mails, sent);
    for (int i = 0; i < MOST; i++)
        lab_check(mail_of[i] <= 1, "mail %d was sent twice", i);
}

static void numbers_are(struct report r, int images)
{
    lab_check(answers == expected, "%d of %d accepted requests were answered", answers, expected);
    lab_check(stored == images, "M25 if closing meant to stop at once: "
              "%d of %d images were stored when backend_run returned", stored, images);
    lab_check(r.answered == expected && r.images == images,
              "the report says %d answered and %d images; it was %d and %d", r.answered, r.images, expected, images);
}

/* Runs it, and looks at what it did. Until the last answer the loop must not stand still. */
static void runs(int accepted, int mails, int refused, int images)
{
    struct report r;
    expected = accepted;
    memset(&r, 0x5a, sizeof r);
    if (accepted > 0)
        lab_loop(1, 100);
    lab_check(backend_run(&plan, &r) == 0, "backend_run returns 0 when all is done");
    lab_loop(-1, 0);
    threads_are_few();
    numbers_are(r, images);
    mails_are(r, mails, refused);
    nothing_left();
}

/* ---- a day, in every order ------------------------------------------------------------------------------ */

/* These say who comes when, so they need a clock that keeps its promises. */
#define IDEAL_CLOCK_ONLY                                                                           \
    if (!lab_ideal_clock())                                                                        \
        return;
#define PLAIN false, false
#define MAIL true, false
#define IMAGE false, true

SCENARIO(only_requests, "two requests, nothing else", "M41", "16.5")
{
    IDEAL_CLOCK_ONLY
    opens(1, 1, 0);
    comes((struct request){0, 100, PLAIN});
    comes((struct request){1, 120, PLAIN});
    no_more();
    runs(2, 0, 0, 0);
    lab_always_within(120, "requests of 100 and 120 ms take %ld ms", lab_now_ms());
}

SCENARIO(both, "a mail and an image at the same moment", "M44, M41", "16.5")
{
    IDEAL_CLOCK_ONLY
    opens(1, 1, 0);
    comes((struct request){0, 100, MAIL});
    comes((struct request){1, 100, IMAGE});
    no_more();
    runs(2, 1, 0, 1);
    lab_always_within(2100, "mail and image side by side take %ld ms, not 2100", lab_now_ms());
}

SCENARIO(closing_time, "closing time, and two mails are not yet sent", "M24", "16.5")
{
    IDEAL_CLOCK_ONLY
    opens(2, 1, 500);
    comes((struct request){0, 100, MAIL});
    comes((struct request){1, 110, MAIL});
    runs(2, 2, 0, 0);
    lab_always_within(2100, "two mails of 1 s take %ld ms, not 2100", lab_now_ms());
}

SCENARIO(at_any_time, "one request with a mail and an image, whatever the clock says", "M07", "16.5")
{
    opens(1, 1, 0);
    comes((struct request){0, 100, true, true});
    no_more();
    runs(1, 1, 0, 1);
}

SCENARIO(nobody_came, "no request at all", "M41", "16.5")
{
    opens(1, 1, 0);
    no_more();
    runs(0, 0, 0, 0);
}

SCENARIO(images_in_turn, "three images, two workers", "M37", "16.5")
{
    IDEAL_CLOCK_ONLY
    opens(1, 2, 0);
    comes((struct request){0, 100, IMAGE});
    comes((struct request){1, 110, IMAGE});
    comes((struct request){2, 120, IMAGE});
    no_more();
    runs(3, 0, 0, 3);
    lab_require("serial", lab_now_ms() <= 4100, "three images with two workers take %ld ms, not 4100", lab_now_ms());
    lab_require("limit", lab_now_ms() >= 4100, "M37 if more processes were always faster: "
                "three images with two workers take 4100 ms, not %ld: too many at once",
                lab_now_ms());
}

SCENARIO(no_place, "three mails, and one place", "M18", "16.5")
{
    IDEAL_CLOCK_ONLY
    opens(1, 1, 0);
    comes((struct request){0, 100, MAIL});
    comes((struct request){1, 110, MAIL});
    comes((struct request){2, 120, MAIL});
    comes((struct request){3, 130, PLAIN});
    no_more();
    runs(4, 3, 1, 0);
}

SCENARIO(closes_on_the_stroke, "closing time when a request is due", "M24", "16.5")
{
    IDEAL_CLOCK_ONLY
    opens(1, 1, 100);
    comes((struct request){0, 100, true, true});
    runs(1, 1, 0, 1);
    lab_always_within(2100, "what was accepted takes %ld ms, not 2100", lab_now_ms());
}

static void *late_customer(void *arg)
{
    struct request r = {1, 100, PLAIN};
    lab_brew(200);
    if (write(customer, &r, sizeof r) != (ssize_t)sizeof r)
        lab_check(false, "the pipe of requests is broken: who closed it?");
    return arg;
}

SCENARIO(too_late, "a request after closing time", "M08", "16.5")
{
    IDEAL_CLOCK_ONLY
    opens(1, 1, 50);
    comes((struct request){0, 300, PLAIN});
    lab_go(late_customer, NULL);
    runs(1, 0, 0, 0);
    lab_join_all();
    lab_always_within(300, "one request of 300 ms takes %ld ms", lab_now_ms());
}

/* They come when everybody in the shop has had the time to fall asleep. */
static void *crowd(void *arg)
{
    static struct request all[CROWD];
    for (int i = 0; i < CROWD; i++) {
        all[i] = (struct request){i, 100 + i, i == 0, false};
        due[i] = 10 + all[i].ms;
    }
    lab_brew(10);
    if (write(customer, all, sizeof all) != (ssize_t)sizeof all)
        lab_check(false, "the pipe of requests is broken: who closed it?");
    return arg;
}

SCENARIO(a_crowd, "eighteen requests and a mail", "M37", "16.5")
{
    IDEAL_CLOCK_ONLY
    opens(1, 1, 60);
    lab_go(crowd, NULL);
    runs(CROWD, 1, 0, 0);
    lab_join_all();
    lab_always_within(1110, "eighteen requests and a mail take %ld ms, not 1110", lab_now_ms());
}

/* Every lesson from its first page to its last, on a terminal, as a learner who knows the answers:
 * pages are read, questions answered, demos watched, drives driven at par, exercises solved. At the
 * end every step is done. Whatever lessons the course has, this walks through.
 *
 *   test_lessons COURSE [NUMBER...]      all lessons, or those
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "course/course.h"
#include "pty.h"
#include "session/reading.h"

static struct course *course;
static struct pty *p;

static char *in_home(const char *format, const char *name)
{
    char *below = xasprintf(format, name), *path = path_join(pty_home(), below);

    free(below);
    return path;
}

/* ---- at the keyboard ------------------------------------------------------- */

static void copy_file(const char *from, const char *to)
{
    size_t n;
    char *bytes = file_read(from, 1 << 20, &n, NULL);

    if (!bytes || !file_write_atomic(to, bytes, n, NULL))
        pty_fail(p, "could not be copied", from);
    free(bytes);
}

static char *screen_copy(void) { return xstrdup(pty_screen(p)); }

/* Sends a key that is sure to change the screen, and waits until it has. */
static void press(const char *key)
{
    char *before = screen_copy();

    pty_send(p, key);
    pty_wait_change(p, before);
    free(before);
}

/* A frame may come in two pieces: what is silent for that long is whole. */
static void settle(void) { pty_drain(p, 50); }

static char *title_row(void)
{
    const char *screen = pty_screen(p);

    return xstrndup(screen, strcspn(screen, "\n"));
}

/* Enter, until another page is there: every page says in the title which it is. Below it a page may
 * change by itself, when a program that was run for it has ended. */
static void turn_page(void)
{
    char *before = title_row(), *now = xstrdup(before);

    pty_send(p, "\r");
    for (int i = 0; strcmp(now, before) == 0; i++) {
        if (i > 400)
            pty_fail(p, "Enter leads nowhere from", before);
        settle();
        free(now);
        now = title_row();
    }
    settle();
    free(now);
    free(before);
}

static void wait_title(const struct step *st)
{
    char *title = xasprintf(" %s ", st->id);

    pty_wait(p, title);
    free(title);
}

/* ---- questions ------------------------------------------------------------- */

static void choose(const struct question *q)
{
    for (size_t i = 0; i < q->option_count; i++)
        if (q->options[i].right) {
            char key[2] = {(char)('1' + i), '\0'};
            pty_send(p, key);
        }
}

static void move_to(int from, int to)
{
    for (; from < to; from++)
        pty_send(p, "j");
    for (; from > to; from--)
        pty_send(p, "k");
}

static int place_of(const struct reading_question *rq, int option)
{
    for (size_t i = 0; i < rq->count; i++)
        if (rq->order[i] == option)
            return (int)i;
    return -1;
}

static void put_in_order(const struct reading_question *rq)
{
    int at = 0;

    for (size_t i = 0; i < rq->count && rq->q->options[i].right; i++) {
        int to = place_of(rq, (int)i);
        move_to(at, to);
        at = to;
        pty_send(p, " ");
    }
}

static void match(const struct reading_question *rq)
{
    for (size_t i = 0; i < rq->count; i++) {
        for (int k = 0; k <= place_of(rq, (int)i); k++)
            pty_send(p, " ");
        pty_send(p, "j");
    }
}

static void answer(const struct question *q)
{
    struct reading_question rq;
    char number[40];

    question_init(&rq, q, "");
    switch (q->kind) {
    case QUESTION_CHOICE:
    case QUESTION_MULTI: choose(q); break;
    case QUESTION_ORDER: put_in_order(&rq); break;
    case QUESTION_MATCH: match(&rq); break;
    case QUESTION_NUMBER:
        snprintf(number, sizeof number, "%.15g", q->number);
        pty_send(p, number);
        break;
    }
    question_fini(&rq);
    pty_send(p, "\r");
    pty_wait(p, "✓ Right.");
    settle();
}

/* Back from a demo, a drive or an exercise; only a step says what Enter does. */
static void back(void)
{
    static const char *const there[] = {"Enter opens", "Enter: next page", "Enter: next step",
                                        NULL};

    pty_send(p, "q");
    pty_wait_any(p, there);
    settle();
}

/* ---- demos and drives ------------------------------------------------------ */

/* The title says so; what the program prints may use the same words. */
static bool has_ended(void)
{
    const char *screen = pty_screen(p), *at = strstr(screen, "elapsed ");

    return at && at < strchr(screen, '\n');
}

static void watch(void)
{
    static const char *const there[] = {"Which one?", "running ", "elapsed ", NULL};

    pty_wait(p, "Enter opens");
    pty_send(p, "\r");
    if (pty_wait_any(p, there) == 0)
        pty_send(p, "1");
    for (int i = 0; !has_ended(); i++) {
        if (i > 1200)
            pty_fail(p, "a demo does not end", "");
        pty_drain(p, 50);
    }
    back();
}

/* The digit before the thread's name, at the head of its column; '\0': it is not there. */
static char digit_of(const char *name, size_t n)
{
    char found = '\0';

    for (char d = '0'; d <= '9' && !found; d++) {
        char *head = xasprintf(" %c %.*s ", d, (int)n, name);
        if (pty_shows(p, head))
            found = d;
        free(head);
    }
    return found;
}

/* A schedule that does not say which of several ways a step goes means the first of them. */
static void first_of_several(void)
{
    if (!pty_shows(p, "Esc not now"))
        return;
    press("1");
    settle();
}

/* "A B*2" as keys, one after the other: a thread has its column once it was created. False when one
 * has none, for there are more threads than columns. */
static bool play(const char *schedule)
{
    for (const char *s = schedule; *s;) {
        size_t n = strcspn(s, " *");
        long times = s[n] == '*' ? strtol(s + n + 1, NULL, 10) : 1;
        char key[2] = {digit_of(s, n), '\0'};
        if (!key[0])
            return false;
        for (long i = 0; i < times; i++) {
            press(key);
            settle();
            first_of_several();
        }
        s += strcspn(s, " ");
        s += strspn(s, " ");
    }
    return true;
}

static const char *const over[] = {"Reached:", "Not impossible:", "✓ Right", NULL};

/* The further goal has no schedule in the lesson: called impossible, the lab shows one if there is.
 */
static void drive_further(void)
{
    pty_send(p, "\r");
    /* a frame comes in pieces: what the first goal's end said goes line by line */
    pty_wait_gone(p, "one more goal");
    for (size_t i = 0; over[i]; i++)
        pty_wait_gone(p, over[i]);
    pty_wait(p, "impossible");
    settle();
    pty_send(p, "i");
    if (pty_wait_any(p, over) != 1)
        return;
    while (!pty_shows(p, "Reached:")) {
        press("\033[C");
        pty_drain(p, 20);
    }
}

static void drive(const struct drive *d)
{
    pty_wait(p, "Enter opens");
    pty_send(p, "\r");
    pty_wait(p, "goal:");
    pty_wait(p, "impossible"); /* the keys are named: it can be played */
    if (d->impossible)
        pty_send(p, "i");
    else if (!play(d->sched))
        pty_send(p, "gg");
    pty_wait_any(p, over);
    if (d->follow) {
        pty_wait(p, "one more goal");
        drive_further();
    }
    back();
}

/* ---- exercises ------------------------------------------------------------- */

static const struct exercise *exercise_of(const struct lesson *l, const char *name)
{
    for (size_t i = 0; i < l->exercise_count; i++)
        if (strcmp(l->exercises[i].name, name) == 0)
            return &l->exercises[i];
    return NULL;
}

static void solve(const struct lesson *l, const char *name)
{
    static const char *const judged[] = {"FAILED", "does not compile", "your turn", "not decided", "✗ limit",
                                         NULL};
    const struct exercise *ex = exercise_of(l, name);
    char *file = xasprintf("%s/threadmill/%s/%s", pty_home(), ex->id, ex->edit);

    pty_wait(p, "Enter opens");
    pty_send(p, "\r");
    pty_wait_any(p, judged);
    copy_file(ex->solution, file);
    pty_wait(p, "PASSED");
    back();
    free(file);
}

/* ---- a lesson -------------------------------------------------------------- */

static void do_block(const struct lesson *l, const struct block *b)
{
    switch (b->kind) {
    case BLOCK_QUESTION: answer(&b->question); break;
    case BLOCK_DEMO: watch(); break;
    case BLOCK_DRIVE: drive(&b->drive); break;
    case BLOCK_EXERCISE: solve(l, b->exercise); break;
    default: break;
    }
}

static bool is_to_do(const struct block *b)
{
    return b->kind == BLOCK_QUESTION || b->kind == BLOCK_DEMO || b->kind == BLOCK_DRIVE ||
           b->kind == BLOCK_EXERCISE;
}

/* Pages are turned, and the mark moved, until it stands before something that is not done. */
static void to_action(void)
{
    static const char *const there[] = {"Enter opens", "Enter: next page", NULL};

    settle();
    while (!(pty_wait_any(p, there) == 0 && pty_shows(p, "▸ ○"))) {
        if (pty_shows(p, "Enter opens"))
            press("j");
        else
            turn_page();
        settle();
    }
}

static int questions_of(const struct step *st)
{
    int n = 0;

    for (size_t i = 0; i < st->block_count; i++)
        n += st->blocks[i].kind == BLOCK_QUESTION;
    return n;
}

/* Until question k is on the screen, all of it. The title of a frame comes before its last line:
 * while it is the right question, nothing is pressed, whatever the last line still says. */
static void to_question(int k, int n)
{
    static const char *const there[] = {"Enter answers", "Enter: next page", NULL};
    char *title = n > 1 ? xasprintf("question %d of %d", k, n) : xstrdup("Enter answers");

    settle();
    while (!pty_shows(p, title)) {
        pty_wait_any(p, there);
        if (!pty_shows(p, title))
            turn_page();
    }
    pty_wait(p, "Enter answers");
    free(title);
}

static void walk_step(const struct lesson *l, const struct step *st)
{
    int asked = 0;

    wait_title(st);
    for (size_t i = 0; i < st->block_count; i++) {
        const struct block *b = &st->blocks[i];
        if (b->kind == BLOCK_QUESTION)
            to_question(++asked, questions_of(st));
        else if (is_to_do(b))
            to_action();
        do_block(l, b);
    }
}

/* Enter leads through the pages that are left, and on; the last step of the course only says so. */
static void go_on(const struct step *next)
{
    static const char *const there[] = {"Enter: next page", "Enter: next step", NULL};
    char *title = next ? xasprintf(" %s ", next->id) : NULL;

    settle();
    while (pty_wait_any(p, there) == 0)
        turn_page();
    if (next)
        turn_page();
    else
        pty_send(p, "\r");
    pty_wait(p, next ? title : "the last step");
    free(title);
}

static void expect_done(const struct lesson *l)
{
    char *path = in_home("threadmill/%s", "progress.txt");
    char *text = file_read(path, 1 << 20, NULL, NULL);

    for (size_t i = 0; i < l->step_count; i++) {
        char *fact = xasprintf("step %s done\n", l->steps[i].id);
        if (!text || !strstr(text, fact))
            pty_fail(p, "this step was walked through and is not done", l->steps[i].id);
        free(fact);
    }
    free(text);
    free(path);
}

static const struct step *first_after(const struct lesson *l)
{
    const struct lesson *end = course->lessons + course->lesson_count;

    for (l++; l < end; l++)
        if (l->step_count > 0)
            return &l->steps[0];
    return NULL;
}

static void begin_at(const struct lesson *l)
{
    char *dir = in_home("%s", "threadmill"), *path = path_join(dir, "progress.txt");
    char *text = xasprintf("threadmill progress 1\ncurrent %s\nend\n", l->steps[0].id);
    char *clear = xasprintf("rm -rf '%s'", dir);
    const char *const lab[] = {THREADMILL, "--course", course->root, NULL};

    if (system(clear) != 0 || !dir_make_all(dir, NULL) ||
        !file_write_atomic(path, text, strlen(text), NULL))
        abort();
    p = pty_start(24, 80, lab, NULL);
    pty_wait(p, "exercises passed");
    press("\r");
    free(clear);
    free(text);
    free(path);
    free(dir);
}

static void walk(const struct lesson *l)
{
    begin_at(l);
    for (size_t i = 0; i < l->step_count; i++) {
        bool last = i + 1 == l->step_count;
        walk_step(l, &l->steps[i]);
        go_on(last ? first_after(l) : &l->steps[i + 1]);
    }
    expect_done(l);
    pty_send(p, "Q");
    if (pty_wait_end(p) != 0)
        pty_fail(p, "it did not end well", l->id);
    pty_free(p);
}

static bool asked_for(const struct lesson *l, int argc, char **argv)
{
    for (int i = 2; i < argc; i++)
        if (strcmp(argv[i], l->number) == 0)
            return true;
    return argc <= 2;
}

int main(int argc, char **argv)
{
    struct err e = {0};
    int n = 0;

    course = argc > 1 ? course_load(argv[1], &e) : NULL;
    if (!course) {
        fprintf(stderr, "usage: test_lessons COURSE [NUMBER...]: %s\n", e.msg);
        return 2;
    }
    for (size_t i = 0; i < course->lesson_count; i++)
        if (course->lessons[i].step_count > 0 && asked_for(&course->lessons[i], argc, argv)) {
            walk(&course->lessons[i]);
            printf("ok %d - %s\n", ++n, course->lessons[i].id);
            fflush(stdout);
        }
    printf("1..%d\n", n);
    char *clear = xasprintf("rm -rf '%s'", pty_home());
    int status = system(clear);
    free(clear);
    course_free(course);
    return n > 0 && status == 0 ? 0 : 1;
}

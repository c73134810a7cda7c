/* Keys, sizes and messages by chance, from every screen: nothing crashes, nothing leaks, nothing is
 * stuck.
 *
 *   monkey COURSE RECORDING COUNT        COUNT keys and sizes from each screen
 *
 * The session alone, without a terminal or a loop, so that a hundred thousand keys take seconds,
 * and the sanitizers see every one. The engine is a recording: what was asked when it was made is
 * answered, all else is trouble. Checks end in whatever verdict chance has; engines may fail to
 * start. The seeds are fixed: what fails once fails again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "screen/key.h"
#include "session/progress.h"
#include "session/session.h"
#include "view/view.h"

struct lab {
    struct course *course;
    struct progress *progress;
    struct session *s;
    struct canvas canvas;
    char *tape, *request; /* the recording; what the engine was asked and has not answered */
    bool checking, demo;
    long keys;
    bool left; /* the session asked for its end */
};

static unsigned seed;

static unsigned chance(unsigned n)
{
    seed = seed * 1103515245 + 12345;
    return (seed >> 8) % n;
}

static void fail(const struct lab *lab, const char *why)
{
    char *text = canvas_text(&lab->canvas);

    fprintf(stderr, "monkey: %s, after %ld keys, on the screen '%s':\n%s", why, lab->keys,
            screen_id_name(session_screen(lab->s)), text);
    abort();
}

/* ---- what the loop does ---------------------------------------------------- */

static void send(struct lab *lab, struct message *m);

static void carry_out(struct lab *lab, const struct effect *e)
{
    switch (e->kind) {
    case EFFECT_QUIT: lab->left = true; break;
    case EFFECT_CHECK: lab->checking = true; break;
    case EFFECT_CHECK_STOP: lab->checking = lab->checking && e->n; break;
    case EFFECT_ENGINE_OPEN:
        free(lab->request);
        lab->request = xstrdup("open\n");
        break;
    case EFFECT_ENGINE_ASK:
        free(lab->request);
        lab->request = trace_request_encode(e->request);
        break;
    case EFFECT_ENGINE_CLOSE:
        free(lab->request);
        lab->request = NULL;
        break;
    case EFFECT_DEMO_START: lab->demo = true; break;
    case EFFECT_DEMO_STOP: lab->demo = false; break;
    default: break;
    }
}

static void send(struct lab *lab, struct message *m)
{
    struct effects fx = {0};

    session_update(lab->s, m, &fx);
    message_fini(m);
    for (size_t i = 0; i < fx.count; i++)
        carry_out(lab, &fx.list[i]);
    effects_fini(&fx);
}

/* ---- the engine ------------------------------------------------------------ */

static void engine_line(struct lab *lab, const char *line, size_t n, bool ready)
{
    struct message m = {.kind = ready ? MESSAGE_ENGINE_READY : MESSAGE_ENGINE,
                        .trace = xcalloc(1, sizeof *m.trace)};
    char *text = xstrndup(line, n);
    struct err e = {0};

    if (!trace_msg_decode(text, m.trace, &e))
        fail(lab, e.msg);
    if (ready && lab->s->target.file)
        m.text = file_read(lab->s->target.file, 1 << 20, NULL, NULL);
    free(text);
    send(lab, &m);
}

static void engine_trouble(struct lab *lab, bool opening)
{
    struct message m = {.kind = opening ? MESSAGE_ENGINE_FAILED : MESSAGE_ENGINE,
                        .text = opening ? xstrdup("no engine today") : NULL};

    if (!opening) {
        m.trace = xcalloc(1, sizeof *m.trace);
        m.trace->kind = MSG_TROUBLE;
        m.trace->text = xstrdup("this was not recorded");
    }
    send(lab, &m);
}

static void answer_engine(struct lab *lab)
{
    char *request = lab->request;
    const char *at = strstr(lab->tape, request);
    bool opening = strcmp(request, "open\n") == 0;

    lab->request = NULL;
    if (!at || (at > lab->tape && at[-1] != '\n') || chance(30) == 0) {
        engine_trouble(lab, opening);
    } else {
        for (at += strlen(request); *at && *at != '\n'; at = strchr(at, '\n') + 1)
            engine_line(lab, at, strcspn(at, "\n"), opening);
    }
    free(request);
}

/* ---- checks and demos ------------------------------------------------------ */

static enum verdict any_verdict(void)
{
    static const enum verdict some[] = {VERDICT_PASS,  VERDICT_PASS,     VERDICT_RACE,
                                        VERDICT_WRONG, VERDICT_DEADLOCK, VERDICT_UNJUDGED,
                                        VERDICT_CRASH};

    return some[chance(sizeof some / sizeof *some)];
}

static struct report *any_report(const struct exercise *ex)
{
    struct report *r = xcalloc(1, sizeof *r);

    r->exercise = ex;
    r->subject = xstrdup(ex->id);
    r->file = xstrdup("tally.c");
    if (chance(6) == 0) {
        r->verdict = VERDICT_COMPILE;
        r->message = xstrdup("expected ';'");
        r->build_output = xstrdup("tally.c:3:1: error: expected ';'\n");
        return r;
    }
    r->test_count = 1 + chance(30);
    r->tests = xcalloc(r->test_count, sizeof *r->tests);
    for (size_t i = 0; i < r->test_count; i++) {
        r->tests[i].info.name = xasprintf("test_%zu", i);
        r->tests[i].info.title = xstrdup("what it is about");
        r->tests[i].result.verdict = any_verdict();
        r->tests[i].result.runs = chance(100000);
        if (r->tests[i].result.verdict == VERDICT_WRONG)
            r->tests[i].result.failure.reason = REASON_CHECK;
    }
    report_judge(r);
    return r;
}

static void end_check(struct lab *lab)
{
    struct message m = {.kind = MESSAGE_CHECK_DONE, .hash = 42};

    lab->checking = false;
    if (lab->s->check.exercise && chance(8) > 0)
        m.report = any_report(lab->s->check.exercise);
    send(lab, &m);
}

static void go_on_checking(struct lab *lab)
{
    struct message m = {.kind = MESSAGE_CHECK_PROGRESS, .trace = xcalloc(1, sizeof *m.trace)};

    m.trace->kind = MSG_PROGRESS;
    m.trace->progress.test = xstrdup("test_0");
    m.trace->progress.phase = xstrdup("up to 1 preemption");
    m.trace->progress.runs = chance(1000000);
    m.trace->progress.rate = chance(100000);
    m.trace->progress.finished = (int)chance(4);
    send(lab, &m);
}

static void end_demo(struct lab *lab)
{
    struct message m = {.kind = MESSAGE_DEMO_FAILED, .text = xstrdup("no threads today")};

    lab->demo = false;
    send(lab, &m);
}

/* ---- by chance ------------------------------------------------------------- */

static key_code any_key(void)
{
    static const char *const names[] = {
        "Enter", "Enter", "Enter", "Esc",   "Up", "Down",   "Down", "Left",      "Right", "PgUp",
        "PgDn",  "Home",  "End",   "space", "F1", "Delete", "Tab",  "Backspace", "Ctrl-L"};
    unsigned k = chance(10);

    if (k < 4)
        return key_parse(names[chance(sizeof names / sizeof *names)]);
    return k < 9 ? ' ' + chance(95) : k == 9 && chance(4) ? 0xe4 + chance(0x3000) : KEYSYM_OTHER;
}

static void press(struct lab *lab, key_code key)
{
    struct message m;

    view_key(lab->s, key, &m);
    send(lab, &m);
}

static void resize(struct lab *lab, int rows, int cols)
{
    struct message m = {.kind = MESSAGE_RESIZE, .rows = rows, .cols = cols};

    canvas_resize(&lab->canvas, rows, cols);
    send(lab, &m);
}

static void something_outside(struct lab *lab)
{
    struct message m = {0};

    switch (chance(8)) {
    case 0: m = (struct message){.kind = MESSAGE_DAY, .n = 20000 + (long)chance(90)}; break;
    case 1: m = (struct message){.kind = MESSAGE_SAVED, .text = xstrdup("tally.c")}; break;
    case 2: m = (struct message){.kind = MESSAGE_NOTICE, .text = xstrdup("something else")}; break;
    case 3: m = (struct message){.kind = MESSAGE_TICK, .ns = chance(1000000)}; break;
    case 4: m = (struct message){.kind = MESSAGE_EDITOR_ENDED}; break;
    case 5:
        m = (struct message){.kind = MESSAGE_UNSAVED, .text = chance(2) ? xstrdup("full") : NULL};
        break;
    default: return;
    }
    send(lab, &m);
}

static void something(struct lab *lab)
{
    if (lab->request && chance(3) > 0)
        answer_engine(lab);
    else if (lab->checking && chance(6) == 0)
        end_check(lab);
    else if (lab->checking && chance(2) == 0)
        go_on_checking(lab);
    else if (lab->demo && chance(40) == 0)
        end_demo(lab);
    else if (chance(20) == 0)
        something_outside(lab);
    else if (chance(25) == 0)
        resize(lab, 1 + (int)chance(70), 1 + (int)chance(230));
    else
        press(lab, any_key());
    lab->keys++;
}

static void draw(struct lab *lab)
{
    if (lab->s->depth < 1 || lab->s->depth > SESSION_DEPTH)
        fail(lab, "the stack of screens is broken");
    view_draw(lab->s, &lab->canvas);
}

/* ---- screens --------------------------------------------------------------- */

static void begin(struct lab *lab)
{
    lab->progress = progress_load("/nonexistent");
    lab->s = session_new(lab->course, lab->progress, "/nonexistent", 24, 80);
    canvas_init(&lab->canvas, 24, 80);
    lab->left = lab->checking = lab->demo = false;
}

static void end(struct lab *lab)
{
    session_free(lab->s);
    progress_free(lab->progress);
    canvas_fini(&lab->canvas);
    free(lab->request);
    lab->request = NULL;
}

static void go_to(struct lab *lab, const char *keys)
{
    char *copy = xstrdup(keys), *rest = copy;

    for (char *name; (name = strtok_r(rest, " ", &rest));) {
        press(lab, key_parse(name));
        if (lab->request)
            answer_engine(lab);
    }
    free(copy);
}

/* Esc, as often as there can be screens, leads to the map; from there q leaves. */
static void must_be_able_to_leave(struct lab *lab)
{
    for (int i = 0; i < 3 * SESSION_DEPTH && session_screen(lab->s) != SCREEN_MAP; i++)
        press(lab, KEYSYM_ESC);
    press(lab, KEYSYM_ESC); /* out of a search, or the words of one */
    press(lab, KEYSYM_ESC);
    if (session_screen(lab->s) != SCREEN_MAP)
        fail(lab, "Esc does not lead to the map");
    lab->left = false;
    press(lab, 'q');
    if (!lab->left)
        fail(lab, "q does not leave the map");
}

static void from(struct lab *lab, const char *name, const char *keys, long count)
{
    lab->keys = 0;
    begin(lab);
    go_to(lab, keys);
    if (strcmp(screen_id_name(session_screen(lab->s)), name) != 0)
        fail(lab, "the keys do not lead to this screen");
    while (lab->keys < count) {
        something(lab);
        draw(lab);
        if (lab->left || chance(400) == 0) { /* again from here */
            must_be_able_to_leave(lab);
            end(lab);
            begin(lab);
            go_to(lab, keys);
        }
    }
    must_be_able_to_leave(lab);
    end(lab);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name, *keys;
    } screens[] = {
        {"welcome", ""},
        {"map", "Enter q"},
        {"step", "Enter"},
        {"step", "c"},
        {"step", "Enter n n n n n"},
        {"exercise", "Enter n n n n Enter"},
        {"drive", "Enter n n Enter"},
        {"demo", "Enter n n n Enter"},
        {"progress", "Enter q p"},
        {"cards", "Enter q r"},
    };
    struct lab lab = {0};
    struct err e = {0};

    if (argc != 4 || !(lab.course = course_load(argv[1], &e)) ||
        !(lab.tape = file_read(argv[2], 1 << 22, NULL, &e))) {
        fprintf(stderr, "usage: monkey COURSE RECORDING COUNT: %s\n", e.msg);
        return 2;
    }
    printf("1..%zu\n", sizeof screens / sizeof *screens);
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
        seed = 4711 + (unsigned)i;
        from(&lab, screens[i].name, screens[i].keys, atol(argv[3]));
        printf("ok %zu - %s keys from %s (%s)\n", i + 1, argv[3], screens[i].name, screens[i].keys);
        fflush(stdout);
    }
    free(lab.tape);
    course_free(lab.course);
    return 0;
}

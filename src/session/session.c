/* session: routing. Each message finds the part it is for; what is common to all screens (leaving,
 * help, the notice line, the stack) is done here.
 *
 * Invariant: depth >= 1, and every screen on the stack has been opened and not yet closed.
 */
#include "session/session.h"

#include <stdlib.h>
#include <string.h>

#include "session/help.h"
#include "session/progress.h"

/* ---- vocabularies ---------------------------------------------------------- */

const char *screen_id_name(enum screen_id s)
{
    static const char *const names[] = {
#define SCREEN(name, id) id,
#include "session/screens.def"
#undef SCREEN
    };
    return s < SCREEN_COUNT ? names[s] : "";
}

const struct key_row *key_row(enum key_request r)
{
    static const struct key_row rows[] = {
        {"", "", "", 0},
#define K(name, keys, screens, label, help) {keys, label, help, screens},
#include "session/keys.def"
#undef K
    };
    return &rows[r < KEY_REQUEST_COUNT ? r : KEY_NOTHING];
}

/* ---- data that travels ----------------------------------------------------- */

char *target_name(const struct target *t)
{
    const char *name = t->exercise ? t->exercise->name : t->file ? path_basename(t->file) : "drive";
    size_t n = strlen(name);

    return xstrndup(name, str_ends(name, ".c") ? n - 2 : n);
}

void target_fini(struct target *t)
{
    free(t->file);
    free(t->test);
    free(t->args);
    free(t->token);
    *t = (struct target){0};
}

void target_copy(struct target *to, const struct target *from)
{
    *to = *from;
    to->file = from->file ? xstrdup(from->file) : NULL;
    to->test = from->test ? xstrdup(from->test) : NULL;
    to->args = from->args ? xstrdup(from->args) : NULL;
    to->token = from->token ? xstrdup(from->token) : NULL;
}

void message_fini(struct message *m)
{
    free(m->text);
    if (m->trace) {
        trace_msg_fini(m->trace);
        free(m->trace);
    }
    if (m->report)
        report_free(m->report);
    *m = (struct message){0};
}

struct effect *effects_add(struct effects *fx, enum effect_kind kind)
{
    ARRAY_GROW(fx->list, fx->count, fx->cap);
    struct effect *e = &fx->list[fx->count++];
    *e = (struct effect){.kind = kind};
    return e;
}

void effects_add_text(struct effects *fx, enum effect_kind kind, const char *text, long n)
{
    struct effect *e = effects_add(fx, kind);

    e->text = text ? xstrdup(text) : NULL;
    e->n = n;
}

static void effect_fini(struct effect *e)
{
    free(e->text);
    free(e->text2);
    target_fini(&e->target);
    if (e->request) {
        trace_request_fini(e->request);
        free(e->request);
    }
}

void effects_fini(struct effects *fx)
{
    for (size_t i = 0; i < fx->count; i++)
        effect_fini(&fx->list[i]);
    free(fx->list);
    *fx = (struct effects){0};
}

/* ---- the stack ------------------------------------------------------------- */

enum screen_id session_screen(const struct session *s) { return s->stack[s->depth - 1]; }

bool session_shows(const struct session *s, enum screen_id screen)
{
    for (int i = 0; i < s->depth; i++)
        if (s->stack[i] == screen)
            return true;
    return false;
}

static const struct session_part *part_of(const struct session *s)
{
    return session_parts[session_screen(s)];
}

static void close_top(struct session *s, struct effects *fx)
{
    const struct session_part *part = part_of(s);

    s->depth--;
    if (part && part->close)
        part->close(s, fx);
}

/* A screen is at most once on the stack: opening it again goes back to it first. */
void session_push(struct session *s, enum screen_id screen, struct effects *fx)
{
    while (s->depth > 1 && session_shows(s, screen) && s->stack[0] != screen)
        close_top(s, fx);
    if (s->depth == SESSION_DEPTH)
        close_top(s, fx);
    s->stack[s->depth++] = screen;
    if (part_of(s) && part_of(s)->open)
        part_of(s)->open(s, fx);
}

void session_pop(struct session *s, struct effects *fx)
{
    if (s->depth == 1)
        return;
    close_top(s, fx);
    if (part_of(s) && part_of(s)->shown)
        part_of(s)->shown(s, fx);
}

void session_open(struct session *s, enum screen_id screen, const struct target *t,
                  struct effects *fx)
{
    struct target copy;

    target_copy(&copy, t);
    target_fini(&s->target);
    s->target = copy;
    session_push(s, screen, fx);
}

void session_open_direct(struct session *s, enum screen_id screen, const struct target *t,
                         struct report *report, size_t report_test, struct effects *fx)
{
    while (s->depth > 1)
        close_top(s, fx);
    if (report) {
        if (s->report)
            report_free(s->report);
        s->report = report;
        s->report_test = report_test;
    }
    session_open(s, screen, t, fx);
    s->direct = s->depth;
}

bool session_types(const struct session *s)
{
    return !s->help && part_of(s) && part_of(s)->types && part_of(s)->types(s);
}

bool session_busy(const struct session *s)
{
    if (s->check.exercise)
        return true;
    for (int i = 0; i < s->depth; i++) {
        const struct session_part *part = session_parts[s->stack[i]];
        if (part && part->busy && part->busy(s))
            return true;
    }
    return false;
}

void session_notice(struct session *s, const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;

    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    free(s->notice);
    s->notice = strbuf_take(&b);
}

/* ---- life ------------------------------------------------------------------ */

struct session *session_new(const struct course *course, struct progress *progress,
                            const char *workspace, int rows, int cols)
{
    struct session *s = xcalloc(1, sizeof *s);
    struct effects none = {0};

    s->course = course;
    s->progress = progress;
    s->workspace = xstrdup(workspace);
    s->rows = rows;
    s->cols = cols;
    session_push(s, SCREEN_MAP, &none);
    if (progress->count == 0)
        session_push(s, SCREEN_WELCOME, &none);
    effects_fini(&none);
    return s;
}

static void check_forget(struct session *s)
{
    free(s->check.phase);
    free(s->check.test);
    s->check = (struct check_state){0};
}

void session_free(struct session *s)
{
    struct effects none = {0};

    if (!s)
        return;
    while (s->depth > 0)
        close_top(s, &none);
    effects_fini(&none);
    help_close(s);
    check_forget(s);
    target_fini(&s->target);
    if (s->report)
        report_free(s->report);
    free(s->notice);
    free(s->unsaved);
    free(s->workspace);
    free(s);
}

/* ---- messages -------------------------------------------------------------- */

static void quit(struct effects *fx)
{
    effects_add(fx, EFFECT_SAVE);
    effects_add(fx, EFFECT_QUIT);
}

static void go_back(struct session *s, struct effects *fx)
{
    const struct session_part *part = part_of(s);

    if (part && part->back && part->back(s, fx))
        return;
    if (s->depth == s->direct)
        quit(fx);
    else if (s->depth == 1) /* one Esc too many must not end the lab */
        session_notice(s, "q leaves Threadmill");
    else
        session_pop(s, fx);
}

static void pass_on(struct session *s, enum screen_id screen, struct message *m, struct effects *fx)
{
    const struct session_part *part = session_parts[screen];

    if (part && part->update && session_shows(s, screen))
        part->update(s, m, fx);
}

static void update_key(struct session *s, struct message *m, struct effects *fx)
{
    free(s->notice);
    s->notice = NULL;
    switch (m->request) {
    case KEY_QUIT: quit(fx); return;
    case KEY_REDRAW: effects_add(fx, EFFECT_REPAINT); return;
    case KEY_SUSPEND: effects_add(fx, EFFECT_SUSPEND); return;
    default: break;
    }
    if (s->help) {
        help_key(s, m->request);
        return;
    }
    switch (m->request) {
    case KEY_LEAVE: quit(fx); return;
    case KEY_MOUSE: effects_add(fx, EFFECT_MOUSE); return;
    case KEY_HELP: help_open(s); return;
    case KEY_BACK: go_back(s, fx); return;
    default: pass_on(s, session_screen(s), m, fx);
    }
}

static void resize(struct session *s, struct message *m, struct effects *fx)
{
    s->rows = m->rows;
    s->cols = m->cols;
    help_resize(s);
    for (int i = 0; i < s->depth; i++)
        pass_on(s, s->stack[i], m, fx);
}

static void unsaved(struct session *s, struct message *m)
{
    if (s->unsaved && !m->text)
        session_notice(s, "your progress is saved again");
    free(s->unsaved);
    s->unsaved = m->text;
    m->text = NULL;
}

static void new_day(struct session *s, struct message *m, struct effects *fx)
{
    s->day = m->n;
    pass_on(s, SCREEN_MAP, m, fx);
    pass_on(s, SCREEN_PROGRESS, m, fx);
}

/* The engine belongs to the drive or failure that was opened last, or to the step below. */
static enum screen_id engine_owner(const struct session *s)
{
    for (int i = s->depth; i-- > 0;)
        if (s->stack[i] == SCREEN_DRIVE || s->stack[i] == SCREEN_FAILURE)
            return s->stack[i];
    return SCREEN_STEP;
}

/* Which screen hears about it. Typing and ticks go to the one on top. */
static enum screen_id listener(const struct session *s, enum message_kind kind)
{
    switch (kind) {
    case MESSAGE_SAVED:
    case MESSAGE_EDITOR_ENDED:
    case MESSAGE_CHECK_PROGRESS:
    case MESSAGE_CHECK_DONE: return SCREEN_EXERCISE;
    case MESSAGE_ENGINE_READY:
    case MESSAGE_ENGINE_FAILED:
    case MESSAGE_ENGINE: return engine_owner(s);
    case MESSAGE_DEMO_READY:
    case MESSAGE_DEMO_FAILED:
    case MESSAGE_DEMO_OUTPUT:
    case MESSAGE_DEMO_ENDED: return SCREEN_DEMO;
    default: return session_screen(s);
    }
}

void session_update(struct session *s, struct message *m, struct effects *fx)
{
    switch (m->kind) {
    case MESSAGE_KEY: update_key(s, m, fx); return;
    case MESSAGE_RESIZE: resize(s, m, fx); return;
    case MESSAGE_UNSAVED: unsaved(s, m); return;
    case MESSAGE_NOTICE: session_notice(s, "%s", m->text ? m->text : ""); return;
    case MESSAGE_DAY: new_day(s, m, fx); return;
    case MESSAGE_NONE: return;
    default: pass_on(s, listener(s, m->kind), m, fx);
    }
}

/* demo: see demo.h. The loop ticks only while the program runs and the picture is not held. */
#include "session/demo.h"

#include <stdlib.h>
#include <string.h>

#include "session/parts.h"

#define TICK_MS     50
#define OUTPUT_KEEP 8192
#define SPAN_LEAST  1000 /* 1 µs on the whole screen */
#define AROUND_ROWS 12   /* rows of the screen that are no lanes */

/* ---- running ----------------------------------------------------------- */

static const struct demo_variant *variant_of(const struct demo_state *d)
{
    return d->demo && d->variant < d->demo->variant_count ? &d->demo->variants[d->variant] : NULL;
}

static void forget_run(struct demo_state *d)
{
    lanes_fini(&d->lanes);
    free(d->output);
    free(d->broken);
    free(d->machine);
    d->output = d->broken = d->machine = NULL;
    d->log = NULL;
    d->now = d->from = d->span = d->at = 0;
    d->cursor = d->held = false;
    d->row = 0;
}

static const char *args_of(const struct demo_state *d)
{
    const struct demo_variant *v = variant_of(d);

    return v ? v->args : d->demo ? d->demo->args : NULL;
}

static void start(struct demo_state *d, struct effects *fx)
{
    const struct demo_variant *v = variant_of(d);
    const char *args = args_of(d), *cflags = v && v->cflags ? v->cflags
                         : d->demo      ? d->demo->cflags
                                        : NULL;
    struct effect *e;

    forget_run(d);
    d->phase = DEMO_BUILDING;
    e = effects_add(fx, EFFECT_DEMO_START);
    target_copy(&e->target, &d->target);
    e->text = args ? xstrdup(args) : NULL;
    e->text2 = cflags ? xstrdup(cflags) : NULL;
}

/* ---- a recorded run ---------------------------------------------------- */

static bool is_recording(const char *file) { return file && str_ends(file, ".lanes"); }

/* The file; NULL when there is none. Caller frees. */
static char *recorded_file(const struct demo_state *d)
{
    const struct demo_variant *v = variant_of(d);
    const char *name = v ? v->recorded : d->demo ? d->demo->recorded : NULL;

    if (is_recording(d->target.file))
        return xstrdup(d->target.file);
    return name && d->target.lesson ? path_join(d->target.lesson->dir, name) : NULL;
}

bool demo_has_recorded(const struct demo_state *d)
{
    char *file = recorded_file(d);

    free(file);
    return file != NULL;
}

static void failed(struct demo_state *d, const char *why, struct effects *fx);

static void show_recorded(struct session *s, struct effects *fx)
{
    struct demo_state *d = s->demo;
    char *file = recorded_file(d), *text;
    struct lanes_run run = {0};
    struct err e = {0};

    if (!file) {
        session_notice(s, "there is no recorded run of this one");
        return;
    }
    effects_add(fx, EFFECT_TICK)->n = 0;
    effects_add(fx, EFFECT_DEMO_STOP);
    forget_run(d);
    text = file_read(file, LANES_FILE_MOST, NULL, &e);
    if (!text || !lanes_parse(text, &d->lanes, &run, &e)) {
        failed(d, e.msg, fx);
    } else {
        d->phase = DEMO_OVER;
        d->machine = xstrdup(run.machine ? run.machine : "");
        d->output = run.output ? xstrdup(run.output) : NULL;
        d->elapsed = run.elapsed;
        d->cpu = run.cpu;
        d->status = run.status;
        d->now = d->lanes.last;
    }
    lanes_run_fini(&run);
    free(text);
    free(file);
}

/* ---- a run of its own -------------------------------------------------- */

static void look(struct demo_state *d, uint64_t ns)
{
    lanes_take(&d->lanes, d->log);
    if (ns > d->lanes.start_ns && d->lanes.start_ns)
        d->now = ns - d->lanes.start_ns;
    if (d->lanes.last > d->now)
        d->now = d->lanes.last;
}

static void ready(struct demo_state *d, const struct lane_log *log, struct effects *fx)
{
    d->log = log;
    d->phase = DEMO_RUNNING;
    effects_add(fx, EFFECT_TICK)->n = TICK_MS;
}

static void ended(struct session *s, const struct message *m, struct effects *fx)
{
    struct demo_state *d = s->demo;

    lanes_take(&d->lanes, d->log);
    d->log = NULL;
    d->phase = DEMO_OVER;
    d->status = (int)m->n;
    d->elapsed = m->elapsed;
    d->cpu = m->cpu;
    lanes_over(&d->lanes, d->lanes.last);
    d->now = d->lanes.last;
    effects_add(fx, EFFECT_TICK)->n = 0;
    effects_add(fx, EFFECT_DEMO_STOP);
    session_block_done(s, d->target.step, d->target.block, "run", fx);
}

/* The end of the output counts; what would not fit is cut at the front. */
static void add_output(struct demo_state *d, const char *text)
{
    char *all = xasprintf("%s%s", d->output ? d->output : "", text);
    size_t n = strlen(all);

    free(d->output);
    d->output = n > OUTPUT_KEEP ? xstrdup(all + n - OUTPUT_KEEP) : xstrdup(all);
    free(all);
}

static void failed(struct demo_state *d, const char *why, struct effects *fx)
{
    free(d->broken);
    d->broken = xstrdup(why ? why : "the demo could not be started");
    d->phase = DEMO_BROKEN;
    d->log = NULL;
    effects_add(fx, EFFECT_TICK)->n = 0;
}

/* ---- moving about ------------------------------------------------------- */

static void keep_cursor_in_view(struct demo_state *d)
{
    uint64_t all = demo_whole(d);

    if (d->at > all)
        d->at = all;
    if (!d->span)
        return;
    if (d->at < d->from)
        d->from = d->at;
    if (d->at > d->from + d->span - d->span / 50)
        d->from = d->at - d->span + d->span / 50;
}

static void move_cursor(struct demo_state *d, int by)
{
    uint64_t from, step = demo_span(d, &from) / 50;

    if (!d->cursor)
        d->at = from;
    else if (by > 0)
        d->at += step * (uint64_t)by;
    else
        d->at -= d->at < step * (uint64_t)-by ? d->at : step * (uint64_t)-by;
    d->cursor = true;
    keep_cursor_in_view(d);
}

static void zoom(struct demo_state *d, bool in)
{
    uint64_t from, span = demo_span(d, &from), middle = d->cursor ? d->at : from + span / 2;

    span = in ? span / 2 : span * 2;
    if (span < SPAN_LEAST)
        return;
    if (span >= demo_whole(d)) {
        d->span = d->from = 0;
        return;
    }
    d->span = span;
    d->from = middle > span / 2 ? middle - span / 2 : 0;
}

static void move_row(struct demo_state *d, int by)
{
    size_t n;

    free(demo_rows(d, &n));
    if (by < 0 && d->row > 0)
        d->row--;
    else if (by > 0 && d->row + 1 < n)
        d->row++;
    if (!d->cursor)
        move_cursor(d, 0);
}

/* ---- keys -------------------------------------------------------------- */

/* The same program, but the learner is the scheduler. */
static void drive(struct session *s, struct effects *fx)
{
    const struct demo_state *d = s->demo;
    const char *args = d->demo && d->demo->drive ? d->demo->drive : args_of(d);
    struct target t = {.kind = TARGET_FILE, .lesson = d->target.lesson};

    if (d->phase == DEMO_BUILDING || is_recording(d->target.file))
        return;
    t.file = d->target.file ? xstrdup(d->target.file) : NULL;
    t.args = args ? xstrdup(args) : NULL;
    session_open(s, SCREEN_DRIVE, &t, fx);
    target_fini(&t);
}

/* The event of this lane after the cursor (by = 1), or before what it is in. A crowd of lanes has too
 * many. */
static void move_to_event(struct session *s, int by)
{
    struct demo_state *d = s->demo;
    size_t n;
    struct demo_row *rows = demo_rows(d, &n);
    const struct demo_row *r = d->row < n ? &rows[d->row] : NULL;

    if (r && r->count == 1) {
        const struct lanes_lane *lane = &d->lanes.lanes[r->lane];
        uint64_t zero = lanes_section_start(&d->lanes, r->section),
                 end = lanes_section_end(&d->lanes, r->section, d->now);
        long i = d->cursor || by > 0 ? lanes_event_at(lane, zero + (d->cursor ? d->at : 0)) + by : -1;
        if (i >= 0 && (size_t)i < lane->count && lane->events[i].ns >= zero &&
            lane->events[i].ns <= end) {
            d->at = lane->events[i].ns - zero;
            d->cursor = true;
            keep_cursor_in_view(d);
        } else {
            session_notice(s, by > 0 ? "no event of this lane comes after this"
                                     : "no event of this lane comes before this");
        }
    } else if (r) {
        session_notice(s, "several threads share this row: f gives each its own");
    }
    free(rows);
}

/* The row and the moment under the mouse. */
static void point(struct demo_state *d, const struct message *m)
{
    uint64_t from, span = demo_span(d, &from);
    size_t n;

    free(demo_rows(d, &n));
    if (m->n < 0 || (size_t)m->n >= n || m->rows <= 0 || m->cols < 0)
        return;
    d->row = (size_t)m->n;
    d->cursor = true;
    d->at = from + (uint64_t)((double)span * ((double)m->cols + 0.5) / (double)m->rows);
    keep_cursor_in_view(d);
}

static void refold(struct demo_state *d)
{
    d->fold = demo_folds(d) ? FOLD_OFF : FOLD_ON;
    d->row = 0;
}

static void hold(struct demo_state *d, struct effects *fx)
{
    if (d->phase != DEMO_RUNNING)
        return;
    d->held = !d->held;
    effects_add(fx, EFFECT_TICK)->n = d->held ? 0 : TICK_MS;
}

static void again(struct demo_state *d, struct effects *fx)
{
    if (is_recording(d->target.file))
        return;
    effects_add(fx, EFFECT_TICK)->n = 0;
    effects_add(fx, EFFECT_DEMO_STOP);
    start(d, fx);
}

static void choose(struct demo_state *d, size_t which, struct effects *fx)
{
    d->choosing = false;
    if (!d->demo || which >= d->demo->variant_count)
        return;
    d->variant = which;
    again(d, fx);
}

static void menu_key(struct demo_state *d, const struct message *m, struct effects *fx)
{
    size_t n = d->demo ? d->demo->variant_count : 0;

    switch (m->request) {
    case KEY_UP: d->choice -= d->choice > 0; break;
    case KEY_DOWN: d->choice += d->choice + 1 < n; break;
    case KEY_VARIANT: d->choice = n ? (d->choice + 1) % n : 0; break;
    case KEY_OPEN: choose(d, d->choice, fx); break;
    case KEY_PICK:
        if (m->n >= 1 && (size_t)m->n <= n)
            choose(d, (size_t)m->n - 1, fx);
        break;
    default: d->choosing = false;
    }
}

static void open_menu(struct session *s)
{
    struct demo_state *d = s->demo;

    if (!d->demo || d->demo->variant_count == 0) {
        session_notice(s, "this demo has no variants");
        return;
    }
    d->choosing = true;
    d->choice = d->variant;
}

static void key(struct session *s, const struct message *m, struct effects *fx)
{
    struct demo_state *d = s->demo;

    if (d->choosing) {
        menu_key(d, m, fx);
        return;
    }
    switch (m->request) {
    case KEY_LEFT: move_cursor(d, -1); break;
    case KEY_RIGHT: move_cursor(d, 1); break;
    case KEY_PAGE_UP: move_cursor(d, -10); break;
    case KEY_PAGE_DOWN: move_cursor(d, 10); break;
    case KEY_UP: move_row(d, -1); break;
    case KEY_DOWN: move_row(d, 1); break;
    case KEY_FIRST:
        d->at = 0;
        move_cursor(d, 0);
        break;
    case KEY_LAST:
        d->at = demo_whole(d);
        move_cursor(d, 0);
        break;
    case KEY_ZOOM_IN: zoom(d, true); break;
    case KEY_ZOOM_OUT: zoom(d, false); break;
    case KEY_PAUSE: hold(d, fx); break;
    case KEY_RUN_AGAIN: again(d, fx); break;
    case KEY_VARIANT: open_menu(s); break;
    case KEY_DRIVE: drive(s, fx); break;
    case KEY_LATER_EVENT: move_to_event(s, 1); break;
    case KEY_EARLIER_EVENT: move_to_event(s, -1); break;
    case KEY_FOLD: refold(d); break;
    case KEY_POINT: point(d, m); break;
    case KEY_RECORDED: show_recorded(s, fx); break;
    default: break;
    }
}

/* ---- the part ---------------------------------------------------------- */

static void screen_open(struct session *s, struct effects *fx)
{
    struct demo_state *d = xcalloc(1, sizeof *d);

    s->demo = d;
    d->room = s->rows - AROUND_ROWS;
    target_copy(&d->target, &s->target);
    d->demo =
        d->target.block && d->target.block->kind == BLOCK_DEMO ? &d->target.block->demo : NULL;
    if (is_recording(d->target.file))
        show_recorded(s, fx);
    else
        start(d, fx);
}

static void screen_close(struct session *s, struct effects *fx)
{
    struct demo_state *d = s->demo;

    if (!d)
        return;
    effects_add(fx, EFFECT_TICK)->n = 0;
    effects_add(fx, EFFECT_DEMO_STOP);
    forget_run(d);
    target_fini(&d->target);
    free(d);
    s->demo = NULL;
}

static void screen_update(struct session *s, struct message *m, struct effects *fx)
{
    struct demo_state *d = s->demo;

    if (!d)
        return;
    switch (m->kind) {
    case MESSAGE_KEY: key(s, m, fx); break;
    case MESSAGE_RESIZE: d->room = m->rows - AROUND_ROWS; break;
    case MESSAGE_TICK:
        if (d->phase == DEMO_RUNNING && !d->held)
            look(d, m->ns);
        break;
    case MESSAGE_DEMO_READY: ready(d, m->lanes, fx); break;
    case MESSAGE_DEMO_FAILED: failed(d, m->text, fx); break;
    case MESSAGE_DEMO_OUTPUT:
        if (m->text)
            add_output(d, m->text);
        break;
    case MESSAGE_DEMO_ENDED:
        if (d->phase == DEMO_RUNNING)
            ended(s, m, fx);
        break;
    default: break;
    }
}

static bool screen_back(struct session *s, struct effects *fx)
{
    (void)fx;
    if (!s->demo || !s->demo->choosing)
        return false;
    s->demo->choosing = false;
    return true;
}

static bool screen_busy(const struct session *s)
{
    return s->demo && (s->demo->phase == DEMO_BUILDING || s->demo->phase == DEMO_RUNNING);
}

const struct session_part demo_part = {
    .open = screen_open,
    .update = screen_update,
    .close = screen_close,
    .back = screen_back,
    .busy = screen_busy,
};

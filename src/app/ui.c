/* ui: see ui.h. The loop sleeps in poll; before it goes to sleep it draws if a message came.
 *
 * Order at the end matters: the terminal is given back first, so that `q` answers at once whatever
 * else takes its time; then what runs is killed; then the progress is saved (ui_save.c).
 */
#include "app/ui.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/tokens.h"
#include "app/ui_loop.h"
#include "view/view.h"

#define PATIENCE_MS 300
#define FRAME_NS    50000000

/* ---- messages and effects -------------------------------------------------- */

void ui_notice(struct ui *ui, const char *fmt, ...)
{
    struct message m = {.kind = MESSAGE_NOTICE};
    struct strbuf b = STRBUF_INIT;
    va_list ap;

    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    m.text = strbuf_take(&b);
    ui_send(ui, &m);
}

void ui_quit(struct ui *ui, int status)
{
    if (ui->quitting)
        return;
    ui->quitting = true;
    ui->status = status;
    uv_stop(ui->loop);
}

static void ticked(uv_timer_t *t)
{
    struct message m = {.kind = MESSAGE_TICK, .ns = uv_hrtime()};

    ui_send(t->data, &m);
}

static void tick_every(struct ui *ui, long ms)
{
    if (ms > 0)
        uv_timer_start(&ui->tick, ticked, (uint64_t)ms, (uint64_t)ms);
    else
        uv_timer_stop(&ui->tick);
}

static void prepare(struct ui *ui, const struct exercise *ex)
{
    struct err e = {0};
    char *note = NULL;

    if (!ui->app->workspace_root)
        ui_notice(ui, "no place for your files: %s", ui->app->workspace_err.msg);
    else if (!workspace_prepare(ui->app->workspace_root, ex, &note, &e))
        ui_notice(ui, "your file could not be made: %s", e.msg);
    else if (note)
        ui_notice(ui, "%s", note);
    free(note);
}

static void reset(struct ui *ui, const struct exercise *ex)
{
    struct message m = {.kind = MESSAGE_SAVED};
    struct err e = {0};
    char *kept = NULL;

    if (!ui->app->workspace_root || !workspace_reset(ui->app->workspace_root, ex, &kept, &e)) {
        ui_notice(ui, "nothing was changed: %s",
                  ui->app->workspace_root ? e.msg : ui->app->workspace_err.msg);
        return;
    }
    m.text = workspace_file(ui->app->workspace_root, ex);
    ui_send(ui, &m);
    if (kept)
        ui_notice(ui, "the original is back; your file is kept as %s", path_basename(kept));
    else
        ui_notice(ui, "the file is the original already");
    free(kept);
}

/* Two writers of one workspace would trip over each other: what concerns its files waits until
 * it is made. True when the effect was put off. */
static bool put_off(struct ui *ui, const struct effect *e)
{
    if (!ui->making_now)
        return false;
    switch (e->kind) {
    case EFFECT_PREPARE: ui->later.prepare = e->exercise; return true;
    case EFFECT_CHECK: ui->later.check = e->exercise; return true;
    case EFFECT_CHECK_STOP: ui->later.check = NULL; return e->n == 0;
    case EFFECT_WATCH:
        free(ui->later.watch);
        ui->later.watch = e->text ? xstrdup(e->text) : NULL;
        return true;
    case EFFECT_EDIT:
    case EFFECT_RESET: ui_notice(ui, "your files are being made: one moment"); return true;
    default: return false;
    }
}

static void do_later(struct ui *ui)
{
    if (ui->later.prepare)
        prepare(ui, ui->later.prepare);
    if (ui->later.watch)
        ui_watch(ui, ui->later.watch);
    if (ui->later.check)
        ui_check_start(ui, ui->later.check);
    free(ui->later.watch);
    memset(&ui->later, 0, sizeof ui->later);
}

static void mouse_message(struct ui *ui, struct message *m)
{
    struct screen_mouse at;

    screen_mouse(ui->screen, &at);
    view_mouse(ui->session, &ui->canvas,
               &(struct view_mouse){at.row, at.col,
                                    at.what == MOUSE_WHEEL_UP     ? -1
                                    : at.what == MOUSE_WHEEL_DOWN ? 1
                                                                  : 0},
               m);
}

static void switch_mouse(struct ui *ui)
{
    bool on = ui->screen && !screen_uses_mouse(ui->screen);

    if (!ui->screen)
        return;
    if (screen_use_mouse(ui->screen, on))
        ui_notice(ui, "the mouse clicks and scrolls now; m leaves it to the terminal");
    else
        ui_notice(ui, on ? "this terminal tells of no mouse"
                         : "the mouse selects text now, as usual in this terminal");
}

static void carry_out(struct ui *ui, struct effect *e)
{
    if (put_off(ui, e))
        return;
    switch (e->kind) {
    case EFFECT_QUIT: ui_quit(ui, EXIT_HOLDS); break;
    case EFFECT_SUSPEND: ui_suspend(ui); break;
    case EFFECT_REPAINT:
        if (ui->screen)
            screen_repaint(ui->screen);
        break;
    case EFFECT_MOUSE: switch_mouse(ui); break;
    case EFFECT_SAVE: ui_save(ui); break;
    case EFFECT_EDIT: ui_edit(ui, e->text, (int)e->n); break;
    case EFFECT_WATCH: ui_watch(ui, e->text); break;
    case EFFECT_CHECK: ui_check_start(ui, e->exercise); break;
    case EFFECT_CHECK_STOP:
        if (e->n)
            ui_check_finish(ui);
        else
            ui_check_stop(ui);
        break;
    case EFFECT_PREPARE: prepare(ui, e->exercise); break;
    case EFFECT_RESET: reset(ui, e->exercise); break;
    case EFFECT_COPY:
        tokens_remember_drive(ui->app->paths.cache, e->text, &e->target);
        if (ui->screen)
            screen_copy(ui->screen, e->text);
        break;
    case EFFECT_TICK: tick_every(ui, e->n); break;
    case EFFECT_ENGINE_OPEN: ui_engine_open(ui, &e->target); break;
    case EFFECT_ENGINE_ASK: ui_engine_ask(ui, e->request); break;
    case EFFECT_ENGINE_CLOSE: ui_engine_close(ui); break;
    case EFFECT_DEMO_START: ui_demo_start(ui, &e->target, e->text, e->text2); break;
    case EFFECT_DEMO_STOP: ui_demo_stop(ui); break;
    }
}

static void carry_out_all(struct ui *ui, struct effects *fx)
{
    for (size_t i = 0; i < fx->count && !ui->quitting; i++)
        carry_out(ui, &fx->list[i]);
    effects_fini(fx);
    ui->dirty = true;
}

void ui_send(struct ui *ui, struct message *m)
{
    struct effects fx = {0};

    if (!ui->quitting) {
        session_update(ui->session, m, &fx);
        carry_out_all(ui, &fx);
    }
    message_fini(m);
}

/* A lab that is left open over night learns of the new day at its first key. */
static void send_day(struct ui *ui)
{
    struct message m = {.kind = MESSAGE_DAY, .n = app_today()};

    if (m.n != ui->session->day)
        ui_send(ui, &m);
}

/* ---- what happens outside -------------------------------------------------- */

static void send_size(struct ui *ui)
{
    struct message m = {.kind = MESSAGE_RESIZE};

    screen_size(ui->screen, &m.rows, &m.cols);
    canvas_resize(&ui->canvas, m.rows, m.cols);
    ui_send(ui, &m);
}

/* Pasted text may be written where one writes; elsewhere each letter would be a command. */
static void pasted(struct ui *ui, key_code key)
{
    struct message m;

    if (key < ' ' || key > 0x10ffff)
        return;
    view_key(ui->session, key, &m);
    if (m.kind == MESSAGE_TYPED) {
        ui_send(ui, &m);
        return;
    }
    message_fini(&m);
    if (!ui->paste_told)
        ui_notice(ui, "pasted text was left out: keys are commands here");
    ui->paste_told = true;
}

static void key_typed(struct ui *ui, key_code key)
{
    struct message m;

    ui->paste_told = false;
    if (key == KEYSYM_MOUSE)
        mouse_message(ui, &m);
    else
        view_key(ui->session, key, &m);
    ui_send(ui, &m);
}

static void draw(struct ui *ui)
{
    if (!ui->dirty || ui->quitting || !ui->screen)
        return;
    if (!ui->session->unsaved)
        ui_save_now(ui);
    ui->dirty = false;
    view_draw(ui->session, &ui->canvas);
    screen_show(ui->screen, &ui->canvas);
}

static void draw_before_sleep(uv_prepare_t *p) { draw(p->data); }

static void keys_ready(uv_poll_t *p, int status, int events)
{
    struct ui *ui = p->data;
    bool any = false;
    uint64_t drawn = uv_hrtime();

    (void)events;
    if (!ui->quitting)
        send_day(ui);
    for (key_code key;
         !ui->quitting && ui->screen && (key = screen_key(ui->screen)) != KEYSYM_NONE;) {
        any = true;
        if (screen_pasting(ui->screen))
            pasted(ui, key);
        else
            key_typed(ui, key);
        if (uv_hrtime() - drawn > FRAME_NS) { /* a flood of keys is followed on the screen */
            draw(ui);
            drawn = uv_hrtime();
        }
    }
    if (!ui->quitting && (status < 0 || (!any && screen_lost(ui->screen))))
        ui_quit(ui, EXIT_HOLDS);
}

static void stop_from_outside(struct ui *ui)
{
    if (ui->editor_in_front)
        raise(SIGSTOP); /* the editor was stopped with us; it owns the terminal */
    else
        ui_suspend(ui);
}

static void signalled(uv_signal_t *h, int sig)
{
    struct ui *ui = h->data;

    switch (sig) {
    case SIGWINCH:
        if (screen_resized(ui->screen))
            send_size(ui);
        break;
    case SIGTSTP: stop_from_outside(ui); break;
    case SIGCONT: /* also after a SIGSTOP nobody could catch: the terminal may look like anything */
        if (!ui->editor_in_front) {
            screen_resume(ui->screen);
            send_size(ui);
        }
        break;
    case SIGINT:
        if (!ui->editor_in_front)
            ui_quit(ui, EXIT_HOLDS);
        break;
    default: ui_quit(ui, EXIT_HOLDS);
    }
}

/* ---- the workspace, made behind the first frame ---------------------------- */

static void make_workspace(uv_work_t *w)
{
    struct ui *ui = w->data;
    struct err e = {0};

    if (!workspace_init(ui->app->workspace_root, ui->app->course, ui->app->paths.include, NULL, &e))
        w->data = NULL; /* says that it failed; the exercise's own prepare will say why */
}

static void workspace_made(uv_work_t *w, int status)
{
    struct ui *ui = (struct ui *)((char *)w - offsetof(struct ui, making));

    (void)status;
    ui->making_now = false;
    if (!ui->quitting)
        do_later(ui);
}

static void make_workspace_if_missing(struct ui *ui)
{
    if (!ui->app->workspace_root || workspace_exists(ui->app->workspace_root))
        return;
    ui->making.data = ui;
    ui->making_now = uv_queue_work(ui->loop, &ui->making, make_workspace, workspace_made) == 0;
}

/* ---- start and end --------------------------------------------------------- */

static const char *measured(void *arg, const char *name)
{
    static char text[16];

    (void)arg;
    if (strcmp(name, "cores") != 0)
        return NULL;
    snprintf(text, sizeof text, "%ld", sysconf(_SC_NPROCESSORS_ONLN));
    return text;
}

static void handles_open(struct ui *ui)
{
    static const int caught[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};

    uv_timer_init(ui->loop, &ui->tick);
    uv_timer_init(ui->loop, &ui->save);
    uv_prepare_init(ui->loop, &ui->before_sleep);
    ui->tick.data = ui->save.data = ui->before_sleep.data = ui;
    for (size_t i = 0; i < sizeof caught / sizeof *caught; i++) {
        uv_signal_init(ui->loop, &ui->signals[i]);
        ui->signals[i].data = ui;
        if (!ui->script)
            uv_signal_start(&ui->signals[i], signalled, caught[i]);
    }
}

/* libuv makes what it polls nonblocking. The terminal is shared with the shell, the editor and whoever comes after
 * us, and frames must be written whole: it stays as it was. Keys are read only when there are some. */
static void poll_keys(struct ui *ui)
{
    int flags = fcntl(STDIN_FILENO, F_GETFL);

    uv_poll_init(ui->loop, &ui->keys, STDIN_FILENO);
    fcntl(STDIN_FILENO, F_SETFL, flags);
}

static bool terminal_open(struct ui *ui, enum theme theme)
{
    struct err e = {0};
    int rows, cols;

    ui->screen = screen_open(theme, &e);
    if (!ui->screen) {
        app_fail("%s", e.msg);
        return false;
    }
    screen_size(ui->screen, &rows, &cols);
    canvas_init(&ui->canvas, rows, cols);
    ui->canvas.ascii = screen_ascii(ui->screen);
    poll_keys(ui);
    ui->keys.data = ui;
    ui->keys_cb = keys_ready;
    uv_poll_start(&ui->keys, UV_READABLE | UV_DISCONNECT, keys_ready);
    uv_prepare_start(&ui->before_sleep, draw_before_sleep);
    return true;
}

static void script_open(struct ui *ui)
{
    int rows = 24, cols = 80;

    script_size(ui->script, &rows, &cols);
    canvas_init(&ui->canvas, rows, cols);
    ui->canvas.ascii = !screen_locale();
}

static void begin(struct ui *ui, const struct ui_start *start)
{
    const struct lesson *l;
    const struct step *st =
        start && start->step ? course_step(ui->app->course, start->step, &l, NULL) : NULL;
    struct effects fx = {0};

    if (start && start->target)
        session_open_direct(ui->session, start->screen, start->target, start->report,
                            start->report_test, &fx);
    else if (st)
        session_open_step(ui->session, l, st, &fx);
    if (ui->app->progress->note)
        session_notice(ui->session, "%s", ui->app->progress->note);
    else if (!ui->app->workspace_root)
        session_notice(ui->session, "no home folder: nothing is kept; THREADMILL_WORKSPACE can name one");
    carry_out_all(ui, &fx);
}

static void close_handle(uv_handle_t *h, void *arg)
{
    (void)arg;
    if (!uv_is_closing(h))
        uv_close(h, NULL);
}

static void close_own(struct ui *ui)
{
    uv_handle_t *own[] = {(uv_handle_t *)&ui->before_sleep, (uv_handle_t *)&ui->tick,
                          (uv_handle_t *)&ui->save};

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        close_handle(own[i], NULL);
    for (size_t i = 0; i < sizeof ui->signals / sizeof *ui->signals; i++)
        close_handle((uv_handle_t *)&ui->signals[i], NULL);
    if (ui->keys_cb)
        close_handle((uv_handle_t *)&ui->keys, NULL);
    script_close(ui->script);
}

static void impatient(uv_timer_t *t) { uv_walk(t->loop, close_handle, NULL); }

/* What was killed is reaped and freed by those who started it, which takes a moment; what is
 * still there after that (an editor in front) is left to itself. An earlier uv_stop may end the
 * first round at once, with work still going on. */
static void run_out(struct ui *ui)
{
    uv_timer_t guard;

    close_own(ui);
    uv_timer_init(ui->loop, &guard);
    uv_timer_start(&guard, impatient, PATIENCE_MS, 0);
    uv_unref((uv_handle_t *)&guard);
    while (uv_run(ui->loop, UV_RUN_DEFAULT) != 0)
        ;
    close_handle((uv_handle_t *)&guard, NULL);
    while (uv_run(ui->loop, UV_RUN_DEFAULT) != 0)
        ;
}

/* Once the terminal is given back, an impatient Ctrl-C is a signal again: it must not cost the progress.
 * While it still is a mere key, the loop lets go of the signal and it is ignored from there on. */
static void ignore_interrupts(struct ui *ui)
{
    for (size_t i = 0; i < sizeof ui->signals / sizeof *ui->signals; i++)
        if (ui->signals[i].signum == SIGINT)
            uv_signal_stop(&ui->signals[i]);
    signal(SIGINT, SIG_IGN);
}

static void all_down(struct ui *ui)
{
    ignore_interrupts(ui);
    screen_close(ui->screen);
    ui->screen = NULL;
    ui_check_stop(ui);
    ui_engine_close(ui);
    ui_demo_stop(ui);
    ui_watch(ui, NULL);
    ui_save_last(ui);
    if (ui->making_now)
        uv_cancel((uv_req_t *)&ui->making);
    free(ui->later.watch);
    session_free(ui->session);
    canvas_fini(&ui->canvas);
    run_out(ui);
    free(ui->engine_file);
    free(ui->native_args);
    script_free(ui->script);
}

int ui_main(struct app *app, const struct ui_start *start)
{
    struct ui ui = {.app = app, .loop = app->loop};
    struct err e = {0};
    int rows, cols;

    if (start && start->script && !(ui.script = script_load(start->script, &e)))
        return app_fail("%s", e.msg);
    if (!app_course(app))
        return EXIT_UNJUDGED;
    app_progress(app);
    handles_open(&ui);
    if (ui.script) {
        script_open(&ui);
    } else if (!terminal_open(&ui, start ? start->theme : THEME_AUTO)) {
        run_out(&ui);
        script_free(ui.script);
        return EXIT_UNJUDGED;
    }
    rows = ui.canvas.rows;
    cols = ui.canvas.cols;
    ui.session = session_new(app->course, app->progress,
                             app->workspace_root ? app->workspace_root : "", rows, cols);
    ui.session->measured = measured;
    send_day(&ui);
    make_workspace_if_missing(&ui);
    begin(&ui, start);
    if (ui.script)
        script_step(&ui);
    if (!ui.quitting)
        uv_run(ui.loop, UV_RUN_DEFAULT);
    all_down(&ui);
    return ui.status;
}

/* ui_edit: the learner's own editor. Inside tmux or zellij it gets a pane of its own beside the
 * lab; otherwise the lab lends it the terminal, and saves are checked behind it all the same.
 *
 * The command is the user's and may have arguments ("code -w"), so a shell splits it; path and line
 * go in as arguments and are never parsed.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/editor.h"
#include "app/ui_loop.h"

#define WIDE 160 /* columns: room for the editor beside the lab */

/* ---- running it ------------------------------------------------------------ */

static void terminal_back(struct ui *ui)
{
    struct message m = {.kind = MESSAGE_RESIZE};

    if (!ui->editor_in_front)
        return;
    ui->editor_in_front = false;
    ui->front = NULL;
    screen_resume(ui->screen);
    uv_poll_start(&ui->keys, UV_READABLE | UV_DISCONNECT, ui->keys_cb);
    screen_size(ui->screen, &m.rows, &m.cols);
    canvas_resize(&ui->canvas, m.rows, m.cols);
    ui_send(ui, &m);
}

static void closed(uv_handle_t *h) { free(h); }

static void ended(uv_process_t *p, int64_t status, int sig)
{
    struct ui *ui = p->data;
    struct message m = {.kind = MESSAGE_EDITOR_ENDED};
    bool front = p == ui->front;

    uv_close((uv_handle_t *)p, closed);
    if (p == ui->front)
        terminal_back(ui);
    if (status == 127 && sig == 0)
        m.text =
            xstrdup("the editor could not be started: set VISUAL or EDITOR to the one you use");
    else if (status != 0 && !front)
        m.text = xstrdup("the editor could not be opened beside the lab");
    else if (sig != 0)
        m.text = xasprintf("the editor was ended by signal %d", sig);
    else if (status != 0)
        m.text = xasprintf("the editor ended with status %d", (int)status);
    ui_send(ui, &m);
}

static bool spawn(struct ui *ui, char **argv, bool in_front)
{
    uv_stdio_container_t io[3];
    uv_process_options_t o = {
        .file = argv[0], .args = argv, .exit_cb = ended, .stdio = io, .stdio_count = 3};

    for (int i = 0; i < 3; i++)
        io[i] = in_front ? (uv_stdio_container_t){.flags = UV_INHERIT_FD, .data.fd = i}
                         : (uv_stdio_container_t){.flags = UV_IGNORE};
    uv_process_t *p = xcalloc(1, sizeof *p);
    p->data = ui;
    ui->front = in_front ? p : ui->front;
    if (uv_spawn(ui->loop, p, &o) == 0)
        return true;
    uv_close((uv_handle_t *)p, closed);
    return false;
}

/* A pane beside the one the lab is in, below it where there is no room beside. */
static int pane_words(enum editor_place place, bool wide, char **argv)
{
    char *here = getenv("TMUX_PANE");
    int n = 0;

    if (place == EDITOR_TMUX) {
        argv[n++] = "tmux";
        argv[n++] = "split-window";
        argv[n++] = wide ? "-h" : "-v";
        if (here && *here) {
            argv[n++] = "-t";
            argv[n++] = here;
        }
    } else if (place == EDITOR_ZELLIJ) {
        argv[n++] = "zellij";
        argv[n++] = "run";
        argv[n++] = "--close-on-exit";
        argv[n++] = "--direction";
        argv[n++] = wide ? "right" : "down";
        argv[n++] = "--";
    }
    return n;
}

/* `sh -c 'exec EDITOR "$@"' editor ARGS…`, alone or in a new pane. */
static bool start(struct ui *ui, const char *command, char **args, enum editor_place place)
{
    char *line = xasprintf("exec %s \"$@\"", command), *argv[20];
    int n = pane_words(place, ui->canvas.cols >= WIDE, argv);

    argv[n++] = "/bin/sh";
    argv[n++] = "-c";
    argv[n++] = line;
    argv[n++] = "editor";
    for (int i = 0; args[i]; i++)
        argv[n++] = args[i];
    argv[n] = NULL;
    bool ok = spawn(ui, argv, place == EDITOR_FRONT);
    free(line);
    return ok;
}

static void lend_terminal(struct ui *ui)
{
    uv_poll_stop(&ui->keys);
    screen_suspend(ui->screen);
    ui->editor_in_front = true;
}

void ui_edit(struct ui *ui, const char *path, int line)
{
    struct editor e;
    char *args[EDITOR_ARGS];

    if (!ui->screen || ui->editor_in_front)
        return;
    if (!editor_find(&e)) {
        ui_notice(ui, "no editor found: set VISUAL or EDITOR. The file is %s", path);
        return;
    }
    enum editor_place place = editor_place(&e);
    editor_args(e.command, path, line, args);
    if (place == EDITOR_FRONT)
        lend_terminal(ui);
    if (!start(ui, e.command, args, place)) {
        terminal_back(ui);
        ui_notice(ui, "the editor could not be started. The file is %s", path);
    } else if (place == EDITOR_WINDOW) {
        ui_notice(ui, "opened in %s; every save is checked here", e.command);
    }
    for (int i = 0; args[i]; i++)
        free(args[i]);
}

void ui_suspend(struct ui *ui)
{
    if (!ui->screen)
        return;
    screen_suspend(ui->screen);
    raise(SIGSTOP);
    screen_resume(ui->screen);
    struct message m = {.kind = MESSAGE_RESIZE};
    screen_size(ui->screen, &m.rows, &m.cols);
    canvas_resize(&ui->canvas, m.rows, m.cols);
    ui_send(ui, &m);
}

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

#include "app/ui_loop.h"

/* ---- which, and how it takes a line ---------------------------------------- */

static bool in_path(const char *name)
{
    const char *path = getenv("PATH");
    bool found = false;

    while (path && *path && !found) {
        size_t n = strcspn(path, ":");
        char *file = xasprintf("%.*s/%s", (int)n, path, name);
        found = access(file, X_OK) == 0;
        free(file);
        path += n + (path[n] == ':');
    }
    return found;
}

static const char *editor_command(void)
{
    static const char *const usual[] = {"sensible-editor", "editor", "nano", "vim", "vi",
                                        "emacs",           "micro"};
    const char *e = getenv("VISUAL");

    if (!e || !*e)
        e = getenv("EDITOR");
    if (e && *e)
        return e;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (in_path(usual[i]))
            return usual[i];
    return NULL;
}

enum line_form { LINE_NONE, LINE_PLUS, LINE_COLON, LINE_GOTO };
/* clang-format off */
static const struct {
    const char *name;
    enum line_form line;
    bool window; /* has a window of its own: the terminal stays ours */
} editors[] = {
    {"vi", LINE_PLUS, false}, {"vim", LINE_PLUS, false}, {"nvim", LINE_PLUS, false},
    {"view", LINE_PLUS, false}, {"vis", LINE_PLUS, false}, {"nano", LINE_PLUS, false},
    {"emacs", LINE_PLUS, false}, {"emacsclient", LINE_PLUS, false}, {"mg", LINE_PLUS, false},
    {"micro", LINE_PLUS, false}, {"joe", LINE_PLUS, false}, {"jed", LINE_NONE, false},
    {"ne", LINE_PLUS, false}, {"kak", LINE_PLUS, false}, {"mcedit", LINE_PLUS, false},
    {"editor", LINE_PLUS, false}, {"sensible-editor", LINE_PLUS, false},
    {"hx", LINE_COLON, false}, {"helix", LINE_COLON, false},
    {"code", LINE_GOTO, true}, {"codium", LINE_GOTO, true}, {"code-insiders", LINE_GOTO, true},
    {"subl", LINE_COLON, true}, {"zed", LINE_COLON, true}, {"gvim", LINE_PLUS, true},
    {"gedit", LINE_PLUS, true}, {"kate", LINE_NONE, true},
};
/* clang-format on */

static int editor_known(const char *command)
{
    char *first = xstrndup(command, strcspn(command, " "));
    const char *base = path_basename(first);
    int found = -1;

    for (size_t i = 0; i < sizeof editors / sizeof *editors && found < 0; i++)
        if (strcmp(editors[i].name, base) == 0)
            found = (int)i;
    free(first);
    return found;
}

static bool has_window(const char *command)
{
    int known = editor_known(command);

    return known >= 0 && editors[known].window;
}

/* The words after the command: up to two and a NULL. Caller frees what is not NULL. */
static void editor_args(const char *command, const char *path, int line, char *args[3])
{
    int known = editor_known(command);
    enum line_form form = known < 0 || line <= 0 ? LINE_NONE : editors[known].line;

    args[0] = args[1] = args[2] = NULL;
    if (form == LINE_PLUS)
        args[0] = xasprintf("+%d", line);
    if (form == LINE_GOTO)
        args[0] = xstrdup("-g");
    args[args[0] ? 1 : 0] =
        form == LINE_COLON || form == LINE_GOTO ? xasprintf("%s:%d", path, line) : xstrdup(path);
}

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
        m.text = xstrdup("the editor's pane could not be opened");
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

static bool in_tmux(void) { return getenv("TMUX") && *getenv("TMUX") && in_path("tmux"); }
static bool in_zellij(void) { return getenv("ZELLIJ") && *getenv("ZELLIJ") && in_path("zellij"); }

/* `sh -c 'exec EDITOR "$@"' editor ARGS…`, alone or in a new pane. */
static bool start(struct ui *ui, const char *command, char **args, bool pane)
{
    char *line = xasprintf("exec %s \"$@\"", command), *argv[16];
    bool wide = ui->canvas.cols >= 160;
    int n = 0;

    if (pane && in_tmux()) {
        char *tmux[] = {"tmux", "split-window", wide ? "-h" : "-v"};
        for (int i = 0; i < 3; i++)
            argv[n++] = tmux[i];
    } else if (pane) {
        char *zellij[] = {"zellij", "run", "--close-on-exit", "--"};
        for (int i = 0; i < 4; i++)
            argv[n++] = zellij[i];
    }
    argv[n++] = "/bin/sh";
    argv[n++] = "-c";
    argv[n++] = line;
    argv[n++] = "editor";
    for (int i = 0; args[i]; i++)
        argv[n++] = args[i];
    argv[n] = NULL;
    bool ok = spawn(ui, argv, !pane && !has_window(command));
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
    const char *command = editor_command();
    bool pane = in_tmux() || in_zellij();
    char *args[3];

    if (!ui->screen || ui->editor_in_front)
        return;
    if (!command) {
        ui_notice(ui, "no editor found: set VISUAL or EDITOR. The file is %s", path);
        return;
    }
    editor_args(command, path, line, args);
    if (!pane && !has_window(command))
        lend_terminal(ui);
    if (!start(ui, command, args, pane)) {
        terminal_back(ui);
        ui_notice(ui, "the editor could not be started. The file is %s", path);
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

/* ui_script: the lab driven by a file, without a terminal.
 *
 *     :size 80x24                the screen's size; also later, as a resize
 *     Down Down Enter            keys by name, any number a line
 *     :type hello                characters as they stand
 *     :wait text PASSED          until the screen shows it
 *     :wait gone compiling       until it does not
 *     :wait screen exercise      until that screen is on top
 *     :wait idle                 until nothing is running any more
 *     :write FILE FROM           copies FROM to FILE, as a save by an editor would; `@` is the
 * learner's file of the exercise that is open :save-screen FILE          the screen as text :within
 * 60                 seconds a wait may take from here on (30)
 *
 * `#` begins a comment; a colon before `wait` and `type` may be left out. Waits are for conditions,
 * never for time. A wait that is not met in time ends the script with status 1 and the screen on
 * stderr.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/ui_loop.h"
#include "session/exercise.h"
#include "view/view.h"

struct script {
    char *path, *text;
    char **lines;
    size_t count, cap, at;
    double within;     /* seconds a wait may take */
    uv_timer_t timer;  /* running while a wait is not met */
    uv_prepare_t turn; /* after every turn of the loop the script may go on */
    bool running;
};

/* ---- reading it ------------------------------------------------------------ */

struct script *script_load(const char *path, struct err *e)
{
    char *text = file_read(path, 1 << 20, NULL, e);
    struct script *s;

    if (!text)
        return NULL;
    s = xcalloc(1, sizeof *s);
    s->path = xstrdup(path);
    s->text = text;
    s->within = 30;
    for (char *rest = text, *line; (line = strsep(&rest, "\n"));) {
        ARRAY_GROW(s->lines, s->count, s->cap);
        s->lines[s->count++] = str_trim(line);
    }
    return s;
}

void script_free(struct script *s)
{
    if (!s)
        return;
    free(s->lines);
    free(s->text);
    free(s->path);
    free(s);
}

/* ":wait text x" -> "text x" for the word "wait"; NULL when the line is something else. */
static const char *command(const char *line, const char *word)
{
    size_t n = strlen(word);

    line += *line == ':';
    if (strncmp(line, word, n) != 0 || (line[n] != ' ' && line[n] != '\0'))
        return NULL;
    return line + n + strspn(line + n, " ");
}

static bool parse_size(const char *text, int *ret_rows, int *ret_cols)
{
    int rows, cols;

    if (sscanf(text, "%dx%d", &cols, &rows) != 2 || rows < 1 || cols < 1 || rows > 1000 ||
        cols > 1000)
        return false;
    *ret_rows = rows;
    *ret_cols = cols;
    return true;
}

void script_size(const struct script *s, int *ret_rows, int *ret_cols)
{
    for (size_t i = 0; i < s->count; i++) {
        const char *size = command(s->lines[i], "size");
        if (size) {
            parse_size(size, ret_rows, ret_cols);
            return;
        }
    }
}

/* ---- what it can do -------------------------------------------------------- */

static void fail(struct ui *ui, const char *why)
{
    struct script *s = ui->script;
    char *screen;

    view_draw(ui->session, &ui->canvas);
    screen = canvas_text(&ui->canvas);
    fprintf(stderr, "%s:%zu: %s: %s\n%s", s->path, s->at + 1, why, s->lines[s->at], screen);
    free(screen);
    ui_quit(ui, EXIT_FAILS);
}

static bool shows(struct ui *ui, const char *text)
{
    view_draw(ui->session, &ui->canvas);
    char *screen = canvas_text(&ui->canvas);
    bool found = strstr(screen, text) != NULL;
    free(screen);
    return found;
}

static bool idle(const struct ui *ui)
{
    return !session_busy(ui->session) && !ui->making_now &&
           !uv_is_active((const uv_handle_t *)&ui->save);
}

/* 1 met, 0 not yet, -1 no such condition. */
static int condition(struct ui *ui, const char *what)
{
    const char *rest;

    if ((rest = command(what, "text")))
        return shows(ui, rest);
    if ((rest = command(what, "gone")))
        return !shows(ui, rest);
    if ((rest = command(what, "screen")))
        return strcmp(screen_id_name(session_screen(ui->session)), rest) == 0;
    if (command(what, "idle"))
        return idle(ui);
    return -1;
}

static void press(struct ui *ui, key_code key)
{
    struct message m;

    view_key(ui->session, key, &m);
    ui_send(ui, &m);
}

static void type(struct ui *ui, const char *text)
{
    uint32_t ch;

    for (size_t n; (n = text_decode(text, &ch)) > 0 && !ui->quitting; text += n)
        press(ui, ch);
}

static bool keys(struct ui *ui, const char *line)
{
    while (*line && !ui->quitting) {
        size_t n = strcspn(line, " ");
        char *name = xstrndup(line, n);
        key_code key = key_parse(name);
        free(name);
        if (key == KEYSYM_NONE)
            return false;
        press(ui, key);
        line += n + strspn(line + n, " ");
    }
    return true;
}

/* The first place where the text stands. */
static bool find_text(struct ui *ui, const char *text, int *ret_row, int *ret_col)
{
    view_draw(ui->session, &ui->canvas);
    char *screen = canvas_text(&ui->canvas);
    const char *at = strstr(screen, text), *line = screen;

    *ret_row = 0;
    for (const char *p = screen; at && p < at; p++)
        if (*p == '\n') {
            ++*ret_row;
            line = p + 1;
        }
    char *before = xstrndup(line, at ? (size_t)(at - line) : 0);
    *ret_col = text_width(before);
    free(before);
    free(screen);
    return at != NULL;
}

static bool click(struct ui *ui, const char *text)
{
    struct view_mouse at = {0};
    struct message m;

    if (!find_text(ui, text, &at.row, &at.col))
        return false;
    view_mouse(ui->session, &ui->canvas, &at, &m);
    ui_send(ui, &m);
    return true;
}

static bool wheel(struct ui *ui, const char *way)
{
    struct view_mouse at = {.wheel = strcmp(way, "up") == 0 ? -1 : strcmp(way, "down") == 0 ? 1 : 0};
    struct message m;

    if (!at.wheel)
        return false;
    view_mouse(ui->session, &ui->canvas, &at, &m);
    ui_send(ui, &m);
    return true;
}

static bool resize(struct ui *ui, const char *text)
{
    struct message m = {.kind = MESSAGE_RESIZE};

    if (!parse_size(text, &m.rows, &m.cols))
        return false;
    canvas_resize(&ui->canvas, m.rows, m.cols);
    ui_send(ui, &m);
    return true;
}

static bool save_screen(struct ui *ui, const char *path)
{
    struct err e = {0};

    view_draw(ui->session, &ui->canvas);
    char *screen = canvas_text(&ui->canvas);
    bool ok = file_write_atomic(path, screen, strlen(screen), &e);
    free(screen);
    return ok;
}

static bool save_picture(struct ui *ui, const char *path)
{
    struct err e = {0};

    view_draw(ui->session, &ui->canvas);
    char *picture = canvas_svg(&ui->canvas);
    bool ok = file_write_atomic(path, picture, strlen(picture), &e);
    free(picture);
    return ok;
}

static bool copy(struct ui *ui, const char *words)
{
    char *to = xstrndup(words, strcspn(words, " "));
    const char *from = words + strlen(to) + strspn(words + strlen(to), " ");
    struct err e = {0};
    size_t n;

    if (strcmp(to, "@") == 0 && ui->session->exercise) {
        free(to);
        to = xstrdup(ui->session->exercise->file);
    }
    char *bytes = file_read(from, 1 << 20, &n, &e);
    bool ok = bytes && file_write_atomic(to, bytes, n, &e);
    free(bytes);
    free(to);
    return ok;
}

/* ---- going through it
 * ---------------------------------------------------------------------------- */

static void too_late(uv_timer_t *t) { fail(t->data, "waited in vain"); }

static void set_timer(struct ui *ui, bool on)
{
    uv_timer_t *t = &ui->script->timer;

    if (!on)
        uv_timer_stop(t);
    else if (!uv_is_active((uv_handle_t *)t))
        uv_timer_start(t, too_late, (uint64_t)(ui->script->within * 1000), 0);
}

/* Does one line: true when it is done, false when it waits or the script failed. */
static bool do_line(struct ui *ui, const char *line)
{
    const char *rest;
    bool ok = true;

    if (!*line || *line == '#')
        return true;
    if ((rest = command(line, "wait"))) {
        int met = condition(ui, rest);
        if (met < 0)
            fail(ui, "no such condition");
        set_timer(ui, met == 0);
        return met > 0;
    }
    if ((rest = command(line, "size")))
        ok = resize(ui, rest);
    else if ((rest = command(line, "type")))
        type(ui, rest);
    else if ((rest = command(line, "click")))
        ok = click(ui, rest);
    else if ((rest = command(line, "wheel")))
        ok = wheel(ui, rest);
    else if ((rest = command(line, "save-screen")))
        ok = save_screen(ui, rest);
    else if ((rest = command(line, "save-picture")))
        ok = save_picture(ui, rest);
    else if ((rest = command(line, "write")))
        ok = copy(ui, rest);
    else if ((rest = command(line, "within")))
        ok = (ui->script->within = atof(rest)) > 0;
    else
        ok = *line != ':' && keys(ui, line);
    if (!ok)
        fail(ui, "cannot do this");
    return ok;
}

static void turn(uv_prepare_t *p) { script_step(p->data); }

static void begin(struct ui *ui)
{
    struct script *s = ui->script;

    uv_timer_init(ui->loop, &s->timer);
    uv_prepare_init(ui->loop, &s->turn);
    s->timer.data = s->turn.data = ui;
    uv_prepare_start(&s->turn, turn);
    s->running = true;
}

void script_close(struct script *s)
{
    if (!s || !s->running)
        return;
    uv_close((uv_handle_t *)&s->timer, NULL);
    uv_close((uv_handle_t *)&s->turn, NULL);
}

void script_step(struct ui *ui)
{
    struct script *s = ui->script;

    if (!s->running)
        begin(ui);
    while (!ui->quitting && s->at < s->count && do_line(ui, s->lines[s->at]))
        s->at++;
    if (!ui->quitting && s->at == s->count)
        ui_quit(ui, EXIT_HOLDS);
}

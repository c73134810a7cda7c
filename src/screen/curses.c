/* The terminal by ncurses. Keeps a copy of the canvas it showed last and hands curses only the
 * rows that differ; curses then sends only the cells that differ.
 *
 * Curses lives in globals; this file is the only one that knows, and there is one struct screen at
 * a time. Signals are the loop's business: it installs its handlers before screen_open, and curses
 * leaves those alone.
 */
#include "screen/screen.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

#include "screen/escape.h"
#include "screen/terminal.h"

#define KEY_BACKGROUND (KEY_MAX + 1) /* the beginning of an answer to OSC 11 */

struct screen {
    SCREEN *term;
    bool ascii, away; /* away: lent to another program, or closed */
    bool colours, asked; /* asked: the terminal may still tell its background */
    bool mouse;
    struct screen_mouse pointer;
    struct canvas shown;
    bool repaint;
    int rows, cols;
    int unused_cols; /* at the right */
    struct escape escape;
    char bytes[4]; /* of a character whose rest has not been read */
    size_t byte_count;
};

/* ---- locale and theme ------------------------------------------------------ */

static bool env_set(const char *name)
{
    const char *v = getenv(name);
    return v && *v;
}

static bool env_names_utf8(void)
{
    const char *v = env_set("LC_ALL")     ? getenv("LC_ALL")
                    : env_set("LC_CTYPE") ? getenv("LC_CTYPE")
                                          : getenv("LANG");
    return v && (strcasestr(v, "utf-8") || strcasestr(v, "utf8"));
}

bool screen_locale(void)
{
    if (!setlocale(LC_CTYPE, "") && env_names_utf8())
        setlocale(LC_CTYPE, "C.UTF-8");
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0 && !env_set("THREADMILL_ASCII");
}

bool theme_parse(const char *name, enum theme *out)
{
    static const char *const names[] = {"auto", "dark", "light", "mono"};

    for (int i = 0; i < 4; i++)
        if (strcmp(names[i], name) == 0) {
            *out = (enum theme)i;
            return true;
        }
    return false;
}

/* COLORFGBG is "15;0" or "0;default;15": the last number is the background. */
static bool background_is_light(void)
{
    const char *v = getenv("COLORFGBG"), *last = v ? strrchr(v, ';') : NULL;
    int bg = last ? atoi(last + 1) : 0;

    return bg == 7 || bg == 15;
}

static attr_t style_attributes(enum style st)
{
    attr_t a = 0;

    for (const char *p = style_look(st)->attributes; *p; p++)
        a |= *p == 'B'   ? A_BOLD
             : *p == 'D' ? A_DIM
             : *p == 'U' ? A_UNDERLINE
             : *p == 'R' ? A_REVERSE
                         : 0;
    return a;
}

static short style_colour(enum style st, bool light)
{
    const struct style_look *look = style_look(st);

    if (COLORS == 256) /* more: numbers above 7 are red, green and blue ("direct") */
        return light ? look->light : look->dark;
    return light ? look->light16 : look->dark16;
}

/* What the environment says; AUTO: nothing. */
static enum theme theme_wanted(enum theme theme)
{
    if (theme == THEME_AUTO && getenv("THREADMILL_THEME"))
        theme_parse(getenv("THREADMILL_THEME"), &theme);
    if (theme == THEME_AUTO && env_set("NO_COLOR"))
        theme = THEME_MONO;
    if (theme == THEME_AUTO && env_set("COLORFGBG"))
        theme = background_is_light() ? THEME_LIGHT : THEME_DARK;
    return theme;
}

static void colours_open(struct screen *s, enum theme theme)
{
    s->colours = theme != THEME_MONO && has_colors() && start_color() == OK && COLORS >= 8;
    if (!s->colours)
        return;
    short ground = use_default_colors() == OK ? -1
                   : theme == THEME_LIGHT     ? COLOR_WHITE
                                              : COLOR_BLACK;
    short plain = ground == -1 ? -1 : theme == THEME_LIGHT ? COLOR_BLACK : COLOR_WHITE;
    for (int st = 0; st < STYLE_COUNT; st++) {
        short colour = style_colour((enum style)st, theme == THEME_LIGHT);
        init_pair((short)(st + 1), colour < 0 ? plain : colour, ground);
    }
}

/* OSC 11 asks for the background; the answer comes as if it were typed, "ESC ] 11 ; rgb : ...".
 * Only terminals that know the question are asked: on others it could be seen. */
static void ask_background(struct screen *s)
{
    static const char *const know[] = {"xterm", "tmux",   "foot", "alacritty", "rxvt-unicode",
                                       "kitty", "screen", "vte",  "contour",   "wezterm"};
    const char *term = getenv("TERM");

    for (size_t i = 0; term && s->colours && i < sizeof know / sizeof *know; i++)
        if (strncmp(term, know[i], strlen(know[i])) == 0)
            s->asked = true;
    if (!s->asked)
        return;
    define_key("\033]11;rgb:", KEY_BACKGROUND);
    fputs("\033]11;?\033\\", stdout);
    fflush(stdout);
}

/* The first two hexadecimal digits of a part like "ffff" or "ff". */
static int part_of(const char *text)
{
    char two[3] = {text[0], text[0] ? text[1] : '\0', '\0'};

    return (int)strtol(two, NULL, 16);
}

/* "ffff/ffff/ffff", ended by BEL or ESC \: is that a light colour? */
static bool answer_is_light(void)
{
    char text[32] = "";
    size_t n = 0;
    int ch = ERR;

    while (n + 1 < sizeof text && (ch = wgetch(stdscr)) != ERR && ch != 7 && ch != 27)
        text[n++] = (char)(ch < 128 ? ch : '?');
    if (n > 0 && ch == 27)
        wgetch(stdscr); /* its backslash */
    text[n] = '\0';
    const char *green = strchr(text, '/'), *blue = green ? strchr(green + 1, '/') : NULL;
    return blue && (2 * part_of(text) + 5 * part_of(green + 1) + part_of(blue + 1)) / 8 > 128;
}

/* ---- opening and lending --------------------------------------------------- */

static void ask_size(struct screen *s)
{
    struct winsize w;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_row > 0 && w.ws_col > 0) {
        s->rows = w.ws_row;
        s->cols = w.ws_col;
    } else {
        getmaxyx(stdscr, s->rows, s->cols);
    }
}

static SCREEN *terminal_new(struct err *e)
{
    use_tioctl(TRUE);
    SCREEN *term = terminal_can(e) ? newterm(terminal_type(), stdout, stdin) : NULL;
    if (!term && !e->msg[0])
        err_set(e, 0, "the terminal could not be opened");
    return term;
}

/* What nearly every terminal sends, also where TERM says otherwise or nothing: one that ignores the
 * request for application mode sends its arrows the plain way. */
static void common_keys(void)
{
    static const struct {
        const char *sent;
        int key;
    } keys[] = {{"\033[A", KEY_UP},    {"\033[B", KEY_DOWN},  {"\033[C", KEY_RIGHT},
                {"\033[D", KEY_LEFT},  {"\033[H", KEY_HOME},  {"\033[F", KEY_END},
                {"\033OA", KEY_UP},    {"\033OB", KEY_DOWN},  {"\033OC", KEY_RIGHT},
                {"\033OD", KEY_LEFT},  {"\033OH", KEY_HOME},  {"\033OF", KEY_END},
                {"\033[1~", KEY_HOME}, {"\033[4~", KEY_END},  {"\033[5~", KEY_PPAGE},
                {"\033[6~", KEY_NPAGE}, {"\033[3~", KEY_DC},  {"\033[Z", KEY_BTAB},
                {"\033OM", KEY_ENTER}, {"\033OP", KEY_F(1)}, {"\033[11~", KEY_F(1)},
                {"\033[[A", KEY_F(1)}};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        define_key(keys[i].sent, keys[i].key);
}

/* Pasted text is told apart from typed keys where the terminal can ("bracketed paste"). */
static void mark_pastes(bool on)
{
    fputs(on ? "\033[?2004h" : "\033[?2004l", stdout);
    fflush(stdout);
}

static void keyboard_open(void)
{
    set_escdelay(25);
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    common_keys();
    nodelay(stdscr, TRUE);
    curs_set(0);
    leaveok(stdscr, FALSE);
    mark_pastes(true);
}

static bool mouse_wanted(void)
{
    const char *v = getenv("THREADMILL_MOUSE");

    if (v && (strcmp(v, "on") == 0 || strcmp(v, "off") == 0))
        return strcmp(v, "on") == 0;
    return !env_set("SSH_CONNECTION") && !env_set("SSH_TTY");
}

bool screen_use_mouse(struct screen *s, bool on)
{
    mousemask(on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
    mouseinterval(0); /* a press is told at once, and no click is waited for */
    s->mouse = on && has_mouse();
    return s->mouse;
}

bool screen_uses_mouse(const struct screen *s) { return s->mouse; }

struct screen *screen_open(enum theme theme, struct err *e)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        err_set(e, 0,
                "this is not a terminal; every screen has a plain twin: see 'threadmill --help'");
        return NULL;
    }
    bool ascii = !screen_locale();
    SCREEN *term = terminal_new(e);
    if (!term)
        return NULL;
    struct screen *s = xcalloc(1, sizeof *s);
    s->term = term;
    s->ascii = ascii;
    keyboard_open();
    theme = theme_wanted(theme);
    colours_open(s, theme);
    if (theme == THEME_AUTO)
        ask_background(s);
    screen_use_mouse(s, mouse_wanted());
    /* Said to wrap as soon as the last column is written (the type "ansi"): the terminals that are called so do
     * not, and curses would lose its place. */
    s->unused_cols = tigetflag("am") == 1 && tigetflag("xenl") != 1;
    ask_size(s);
    resizeterm(s->rows, s->cols);
    canvas_init(&s->shown, s->rows, s->cols);
    s->repaint = true;
    return s;
}

void screen_close(struct screen *s)
{
    if (!s)
        return;
    if (!s->away)
        screen_suspend(s);
    delscreen(s->term);
    canvas_fini(&s->shown);
    free(s);
}

void screen_suspend(struct screen *s)
{
    if (s->away)
        return;
    curs_set(1);
    mark_pastes(false);
    endwin();
    s->away = true;
}

void screen_resume(struct screen *s)
{
    s->away = false;
    reset_prog_mode();
    curs_set(0);
    mark_pastes(true);
    s->escape.pasting = false;
    screen_resized(s);
    s->repaint = true;
}

bool screen_ascii(const struct screen *s) { return s->ascii; }

void screen_size(const struct screen *s, int *ret_rows, int *ret_cols)
{
    *ret_rows = s->rows;
    *ret_cols = s->cols > s->unused_cols ? s->cols - s->unused_cols : 1;
}

bool screen_resized(struct screen *s)
{
    int rows = s->rows, cols = s->cols;

    ask_size(s);
    if (rows == s->rows && cols == s->cols)
        return false;
    resizeterm(s->rows, s->cols);
    s->repaint = true;
    return true;
}

bool screen_lost(const struct screen *s)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    struct winsize w;

    (void)s;
    return (poll(&p, 1, 0) == 1 && (p.revents & (POLLHUP | POLLERR | POLLNVAL))) ||
           ioctl(STDIN_FILENO, TIOCGWINSZ, &w) != 0;
}

/* ---- keys ------------------------------------------------------------------ */

static key_code special(wint_t ch)
{
    static const struct {
        int curses;
        key_code key;
    } map[] = {
        {KEY_UP, KEYSYM_UP},
        {KEY_DOWN, KEYSYM_DOWN},
        {KEY_LEFT, KEYSYM_LEFT},
        {KEY_RIGHT, KEYSYM_RIGHT},
        {KEY_HOME, KEYSYM_HOME},
        {KEY_END, KEYSYM_END},
        {KEY_PPAGE, KEYSYM_PGUP},
        {KEY_NPAGE, KEYSYM_PGDN},
        {KEY_BTAB, KEYSYM_BACKTAB},
        {KEY_DC, KEYSYM_DELETE},
        {KEY_IC, KEYSYM_INSERT},
        {KEY_ENTER, KEYSYM_ENTER},
        {KEY_BACKSPACE, KEYSYM_BACKSPACE},
        {KEY_RESIZE, KEYSYM_RESIZE},
    };

    for (size_t i = 0; i < sizeof map / sizeof *map; i++)
        if ((wint_t)map[i].curses == ch)
            return map[i].key;
    if (ch >= (wint_t)KEY_F(1) && ch <= (wint_t)KEY_F(12))
        return KEYSYM_F1 + (ch - (wint_t)KEY_F(1));
    return KEYSYM_OTHER;
}

static key_code plain(uint32_t ch)
{
    if (ch == '\n')
        return KEYSYM_ENTER;
    if (ch == 8)
        return KEYSYM_BACKSPACE;
    return ch == 0 || ch == UTF8_BAD ? KEYSYM_OTHER : (key_code)ch;
}

/* Bytes of a character that the byte begins; 0 when no character begins with it. */
static size_t length_of(unsigned char first)
{
    return first < 0x80   ? 1
           : first < 0xc2 ? 0
           : first < 0xe0 ? 2
           : first < 0xf0 ? 3
           : first < 0xf5 ? 4
                          : 0;
}

/* Characters are put together here: curses, asked for them, swallows the keys that follow a byte
 * which is no text. KEYSYM_NONE: the rest of the character has not come yet. */
static key_code byte_key(struct screen *s, unsigned char byte)
{
    uint32_t ch;

    if ((byte & 0xc0) != 0x80)
        s->byte_count = 0; /* what was begun is not continued */
    s->bytes[s->byte_count++] = (char)byte;
    size_t need = length_of((unsigned char)s->bytes[0]);
    if (s->byte_count < need)
        return KEYSYM_NONE;
    utf8_decode(s->bytes, s->byte_count, &ch);
    s->byte_count = 0;
    return plain(need ? ch : UTF8_BAD);
}

static key_code take_mouse(struct screen *s)
{
    MEVENT e;

    if (getmouse(&e) != OK || !(e.bstate & (BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED)))
        return KEYSYM_OTHER;
    s->pointer = (struct screen_mouse){e.y, e.x,
                                       e.bstate & BUTTON4_PRESSED   ? MOUSE_WHEEL_UP
                                       : e.bstate & BUTTON5_PRESSED ? MOUSE_WHEEL_DOWN
                                                                    : MOUSE_CLICK};
    return KEYSYM_MOUSE;
}

void screen_mouse(const struct screen *s, struct screen_mouse *out) { *out = s->pointer; }

/* An answer that nobody asked for, or one that changes nothing, is no key. */
static key_code take_background(struct screen *s)
{
    bool light = answer_is_light(), asked = s->asked;

    s->asked = false;
    if (!asked || !light)
        return KEYSYM_OTHER;
    colours_open(s, THEME_LIGHT);
    s->repaint = true;
    return KEYSYM_THEME;
}

static key_code coded_key(struct screen *s, int got)
{
    s->escape.state = ESCAPE_NONE; /* what was begun is not continued */
    s->byte_count = 0;
    return got == KEY_MOUSE        ? take_mouse(s)
           : got == KEY_BACKGROUND ? take_background(s)
                                   : special((wint_t)got);
}

/* Curses has waited for what may follow an Esc: what is here now came with it. */
static key_code esc_key(struct screen *s)
{
    int next = wgetch(stdscr);

    if (next != ERR && next <= 0xff && escape_begins(&s->escape, next))
        return KEYSYM_NONE;
    if (next != ERR)
        ungetch(next);
    return KEYSYM_ESC;
}

static key_code single_key(struct screen *s, int got)
{
    enum escape_says says = ESCAPE_KEY;

    if (s->escape.state != ESCAPE_NONE)
        says = escape_take(&s->escape, got);
    if (says != ESCAPE_KEY)
        return says == ESCAPE_OVER ? KEYSYM_OTHER : KEYSYM_NONE;
    if (got == 3)
        s->escape.pasting = false; /* a paste whose end never came must not hold anybody */
    return got == KEYSYM_ESC ? esc_key(s) : byte_key(s, (unsigned char)got);
}

key_code screen_key(struct screen *s)
{
    key_code key = KEYSYM_NONE;

    while (!s->away && key == KEYSYM_NONE) {
        int got = wgetch(stdscr);
        if (got == ERR)
            return KEYSYM_NONE;
        key = got > 0xff ? coded_key(s, got) : single_key(s, got);
    }
    return key;
}

bool screen_pasting(const struct screen *s) { return s->escape.pasting; }

/* ---- showing --------------------------------------------------------------- */

static void show_cell(const struct screen *s, int row, int col, const struct cell *cell)
{
    wchar_t text[2 + CELL_MARKS] = {0};
    enum style st = (enum style)cell->style;
    attr_t a = style_attributes(st) | (cell->selected ? A_REVERSE : 0);
    cchar_t out;

    if (cell->ch[0] == 0)
        return;
    for (int i = 0; i <= CELL_MARKS && cell->ch[i]; i++)
        text[i] = (wchar_t)cell->ch[i];
    setcchar(&out, text, a, s->colours ? (short)(st + 1) : 0, NULL);
    mvadd_wch(row, col, &out);
}

static bool same_row(const struct canvas *a, const struct canvas *b, int row)
{
    size_t n = (size_t)a->cols;

    return memcmp(&a->cells[(size_t)row * n], &b->cells[(size_t)row * n], n * sizeof *a->cells) ==
           0;
}

static void place_cursor(const struct canvas *c)
{
    bool shown = c->cursor_row >= 0 && c->cursor_row < c->rows && c->cursor_col >= 0 &&
                 c->cursor_col < c->cols;

    curs_set(shown ? 1 : 0);
    if (shown)
        move(c->cursor_row, c->cursor_col);
}

void screen_show(struct screen *s, const struct canvas *c)
{
    bool all = s->repaint || s->shown.rows != c->rows || s->shown.cols != c->cols;

    if (s->away)
        return;
    if (all) {
        canvas_resize(&s->shown, c->rows, c->cols);
        erase();
        clearok(stdscr, TRUE);
    }
    for (int row = 0; row < c->rows; row++)
        if (all || !same_row(c, &s->shown, row))
            for (int col = 0; col < c->cols; col++)
                show_cell(s, row, col, &c->cells[row * c->cols + col]);
    memcpy(s->shown.cells, c->cells, (size_t)c->rows * (size_t)c->cols * sizeof *c->cells);
    s->repaint = false;
    place_cursor(c);
    refresh();
}

void screen_repaint(struct screen *s) { s->repaint = true; }

void screen_bell(struct screen *s)
{
    if (!s->away)
        beep();
}

/* ---- the terminal's clipboard ---------------------------------------------- */

static void base64(const char *text, struct strbuf *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t n = strlen(text);

    for (size_t i = 0; i < n; i += 3) {
        uint32_t v = (uint32_t)(unsigned char)text[i] << 16;
        v |= i + 1 < n ? (uint32_t)(unsigned char)text[i + 1] << 8 : 0;
        v |= i + 2 < n ? (uint32_t)(unsigned char)text[i + 2] : 0;
        for (int k = 0; k < 4; k++)
            strbuf_addc(out, i + (size_t)k <= n ? digits[v >> (18 - 6 * k) & 63] : '=');
    }
}

void screen_copy(struct screen *s, const char *text)
{
    struct strbuf b = STRBUF_INIT;

    if (s->away)
        return;
    strbuf_adds(&b, "\033]52;c;");
    base64(text, &b);
    strbuf_addc(&b, '\a');
    fflush(stdout);
    for (size_t at = 0; at < b.len;) {
        ssize_t n = write(STDOUT_FILENO, b.s + at, b.len - at);
        if (n <= 0)
            break;
        at += (size_t)n;
    }
    strbuf_fini(&b);
}

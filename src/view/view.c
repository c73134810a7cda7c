/* view: the frame around every screen, the footer and the help made from the keys table, and which
 * view draws which screen.
 */
#include "view/view.h"

#include <stdlib.h>
#include <string.h>

#include "page/page.h"
#include "session/help.h"
#include "view/views.h"

static const struct view *view_of(enum screen_id screen)
{
    for (size_t i = 0; views[i]; i++)
        if (views[i]->screen == screen)
            return views[i];
    return NULL;
}

/* ---- the frame ------------------------------------------------------------- */

void view_rule(struct canvas *c, int row) { canvas_repeat(c, row, 0, c->cols, STYLE_RULE, "─"); }

void view_rule_word(struct canvas *c, int row, enum style style, const char *word)
{
    view_rule(c, row);
    canvas_put(c, row, 1, STYLE_RULE, " ");
    int width = canvas_put_fit(c, row, 2, c->cols - 4, style, word);
    canvas_put(c, row, 2 + width, STYLE_RULE, " ");
}

static bool offered(const struct session *s, enum key_request r)
{
    enum screen_id screen = session_screen(s);
    const struct view *v = view_of(screen);
    const struct key_row *row = key_row(r);

    return *row->label && (row->screens & (1u << screen)) && (!v || !v->offers || v->offers(s, r));
}

/* "q Esc" -> "q"; "Ctrl-C" stays. */
static void first_key(const char *keys, char out[16])
{
    size_t n = strcspn(keys, " ");

    memcpy(out, keys, n < 15 ? n : 15);
    out[n < 15 ? n : 15] = '\0';
}

#define FOOTER_MAX 2

/* The way out is always shown, whatever else there is no room for. */
static bool pinned(enum key_request r) { return r == KEY_HELP || r == KEY_LEAVE || r == KEY_BACK; }

static bool in_footer(const struct session *s, enum key_request r)
{
    return offered(s, r) && !key_hidden(r, session_screen(s));
}

static int key_cols(enum key_request r)
{
    char key[16];

    first_key(key_row(r)->keys, key);
    return text_width(key) + 1 + text_width(key_row(r)->label) + 3;
}

static void draw_key(struct canvas *c, int row, int col, enum key_request r)
{
    char key[16];

    first_key(key_row(r)->keys, key);
    canvas_spot(c, row, col, 1, key_cols(r) - 2, (int)r, 0);
    col += canvas_put(c, row, col, STYLE_KEY, key);
    canvas_put(c, row, col + 1, STYLE_LABEL, key_row(r)->label);
}

/* Measures (c NULL) or draws `lines` lines; returns the lines it would like to have. */
static int footer(const struct session *s, struct canvas *c, int row, int lines, int cols)
{
    int ends = 0, col = 1, line = 0;

    for (int i = 1; i < KEY_REQUEST_COUNT; i++)
        if (pinned((enum key_request)i) && in_footer(s, (enum key_request)i))
            ends += key_cols((enum key_request)i);
    for (int i = 1; i < KEY_REQUEST_COUNT; i++) {
        enum key_request r = (enum key_request)i;
        if (!in_footer(s, r))
            continue;
        int room = cols - 1 + 3 - (line + 1 >= lines && !pinned(r) ? ends : 0);
        if (c && line + 1 >= lines && col + key_cols(r) > room)
            continue;
        if (col > 1 && col + key_cols(r) > room) {
            line++;
            col = 1;
        }
        if (c)
            draw_key(c, row + line, col, r);
        col += key_cols(r);
    }
    return line + 1;
}

static int footer_lines(const struct session *s, int cols)
{
    int need = footer(s, NULL, 0, FOOTER_MAX, cols);
    enum screen_id screen = session_screen(s);

    if (screen != SCREEN_DRIVE && screen != SCREEN_DEMO && screen != SCREEN_FAILURE)
        return 1; /* the session laid its pages out for one */
    return need > FOOTER_MAX ? FOOTER_MAX : need;
}

/* Stays until it is saved: nobody should learn of it only at the end. */
static void unsaved_line(const struct session *s, struct canvas *c, int row)
{
    char *words = xasprintf("NOT SAVED, only kept in memory: %s", s->unsaved);

    view_rule_word(c, row, STYLE_WARN, words);
    free(words);
}

static void notice_line(const struct session *s, struct canvas *c, int row)
{
    if (s->notice)
        view_rule_word(c, row, STYLE_WARN, s->notice);
    else if (s->unsaved)
        unsaved_line(s, c, row);
    else
        view_rule(c, row);
}

static void title_line(struct canvas *c, const char *title, const char *right)
{
    int room = right ? text_width(right) + 2 : 0;

    canvas_put_fit(c, 0, 1, c->cols - 2 - room, STYLE_TITLE, title);
    if (right)
        canvas_put_right(c, 0, 1, c->cols - 2, STYLE_LABEL, right);
}

struct area view_frame(const struct session *s, struct canvas *c, const char *title,
                       const char *right)
{
    int lines = footer_lines(s, c->cols);

    title_line(c, title, right);
    view_rule(c, 1);
    notice_line(s, c, c->rows - 1 - lines);
    footer(s, c, c->rows - lines, lines, c->cols);
    return (struct area){.row = 2, .col = 2, .rows = c->rows - 3 - lines, .cols = c->cols - 4};
}

struct area view_frame_tight(const struct session *s, struct canvas *c, const char *title,
                             const char *right)
{
    title_line(c, title, right);
    if (s->notice)
        canvas_put_fit(c, c->rows - 1, 1, c->cols - 2, STYLE_WARN, s->notice);
    else
        footer(s, c, c->rows - 1, 1, c->cols);
    return (struct area){.row = 1, .col = 2, .rows = c->rows - 2, .cols = c->cols - 4};
}

/* ---- pieces ---------------------------------------------------------------- */

enum style view_page_style(int page_style)
{
    static const enum style map[PAGE_STYLE_COUNT] = {
        [PAGE_TEXT] = STYLE_TEXT,       [PAGE_EMPH] = STYLE_STRONG,
        [PAGE_STRONG] = STYLE_STRONG,   [PAGE_CODE] = STYLE_CODE,
        [PAGE_HEADING] = STYLE_TITLE,   [PAGE_TABLE] = STYLE_RULE,
        [PAGE_BULLET] = STYLE_TEXT,     [PAGE_DIM] = STYLE_DIM,
        [PAGE_GUTTER] = STYLE_LINENO,   [PAGE_MARK] = STYLE_MARK,
        [PAGE_KEYWORD] = STYLE_KEYWORD, [PAGE_STRING] = STYLE_STRING,
        [PAGE_COMMENT] = STYLE_COMMENT, [PAGE_NUMBER] = STYLE_NUMBER,
        [PAGE_TYPE] = STYLE_KEYWORD,    [PAGE_PREPROC] = STYLE_STRING,
        [PAGE_CAREFUL] = STYLE_WARN,
    };

    return page_style >= 0 && page_style < PAGE_STYLE_COUNT ? map[page_style] : STYLE_TEXT;
}

int view_page_line(struct canvas *c, int row, int col, int width, const struct page_line *l,
                   int skip)
{
    int at = -skip;

    for (size_t i = 0; i < l->count && at < width; i++) {
        const struct page_span *sp = &l->spans[i];
        const char *text = sp->text;
        int cols = sp->columns;
        if (at < 0) {
            size_t cut = text_fit(text, -at);
            int gone = cols < -at ? cols : -at;
            text += cut;
            cols -= gone;
            at += gone;
        }
        if (cols > 0)
            canvas_putn(c, row, col + at, view_page_style((int)sp->style), text,
                        text_fit(text, width - at));
        at += cols;
    }
    return at < width ? (at < 0 ? 0 : at) : width;
}

static int columns_of(const struct page_line *l)
{
    int all = 0;

    for (size_t i = 0; i < l->count; i++)
        all += l->spans[i].columns;
    return all;
}

int view_code(struct canvas *c, int row, int col, int width, const char *line, bool python,
              int skip)
{
    struct page_line l = {0};
    int state = 0;

    page_lex(&l, line, strcspn(line, "\n"), python ? PAGE_PYTHON : PAGE_C, &state);
    bool cut = columns_of(&l) - skip > width && width > 1;
    int used = view_page_line(c, row, col, cut ? width - 1 : width, &l, skip);
    page_line_fini(&l);
    return used + (cut ? canvas_put(c, row, col + width - 1, STYLE_DIM, "…") : 0);
}

char *view_short_path(const char *path)
{
    const char *home = getenv("HOME");
    size_t n = home ? strlen(home) : 0;
    bool under = n > 1 && strncmp(path, home, n) == 0 && (path[n] == '/' || path[n] == '\0');

    return xasprintf("%s%s", under ? "~" : "", under ? path + n : path);
}

/* ---- help ------------------------------------------------------------------ */

static void draw_help(const struct session *s, struct canvas *c)
{
    const struct help_state *h = s->help_page;
    char *right = xasprintf("keys on this screen: %s", screen_id_name(session_screen(s)));
    struct area a = {.row = 2, .col = 2, .rows = c->rows - 4, .cols = c->cols - 4};

    canvas_put(c, 0, 1, STYLE_TITLE, "Help");
    canvas_put_right(c, 0, 1, c->cols - 2, STYLE_LABEL, right);
    view_rule(c, 1);
    view_rule(c, c->rows - 2);
    for (int i = 0; i < a.rows && h->top + i < (int)h->page.count; i++) {
        view_page_line(c, a.row + i, a.col, a.cols, &h->page.lines[h->top + i], 0);
        canvas_restyle(c, a.row + i, a.col, HELP_KEYS - 1, STYLE_KEY);
    }
    view_more(c, a, h->top, (int)h->page.count);
    canvas_put(c, c->rows - 1, 1, STYLE_LABEL,
               (int)h->page.count > a.rows ? "Up, Down: more keys   any other key closes this page"
                                           : "any key closes this page");
    free(right);
}

/* ---- the screen ------------------------------------------------------------ */

/* In a few words where there is no room for more. */
static void draw_tiny(struct canvas *c)
{
    struct page p = PAGE_INIT;
    char *text = xasprintf("Too small: make it %d x %d, or q.", VIEW_MIN_COLS, VIEW_MIN_ROWS);

    page_item(&p, "", text, c->cols, 0);
    for (int i = 0; i < (int)p.count && i < c->rows; i++)
        view_page_line(c, i, 0, c->cols, &p.lines[i], 0);
    page_fini(&p);
    free(text);
}

static void draw_too_small(struct canvas *c)
{
    static const char first[] = "Threadmill needs a little more room:";

    if (c->cols < text_width(first) || c->rows < 3) {
        draw_tiny(c);
        return;
    }
    canvas_put(c, 0, 0, STYLE_TEXT, first);
    canvas_printf(c, 1, 0, STYLE_TEXT, "%d x %d, here are %d x %d.", VIEW_MIN_COLS, VIEW_MIN_ROWS,
                  c->cols, c->rows);
    canvas_put(c, 2, 0, STYLE_TEXT, "Make the window larger, or q.");
}

void view_draw(const struct session *s, struct canvas *c)
{
    const struct view *v = view_of(session_screen(s));

    canvas_clear(c);
    if (c->rows < VIEW_MIN_ROWS || c->cols < VIEW_MIN_COLS)
        draw_too_small(c);
    else if (s->help)
        draw_help(s, c);
    else if (v)
        v->draw(s, c);
}

/* ---- keys ------------------------------------------------------------------ */

static void typed_message(key_code key, struct message *ret)
{
    char bytes[5] = {0};

    if (key >= KEYSYM_UP || (key < ' ' && key != KEYSYM_ENTER && key != KEYSYM_ESC))
        return;
    ret->kind = MESSAGE_TYPED;
    ret->n = key == KEYSYM_BACKSPACE ? 8 : (long)key;
    if (ret->n >= ' ') {
        text_encode(key, bytes);
        ret->text = xstrdup(bytes);
    }
}

static enum key_request request_for(enum screen_id screen, key_code key)
{
    for (int i = 1; i < KEY_REQUEST_COUNT; i++) {
        const struct key_row *row = key_row((enum key_request)i);
        if ((row->screens & (1u << screen)) && key_in(row->keys, key))
            return (enum key_request)i;
    }
    return KEY_NOTHING;
}

static bool help_closes(const struct session *s, enum key_request r)
{
    return s->help && (r == KEY_NOTHING || r == KEY_LEAVE || r == KEY_BACK);
}

/* What the wheel turns: the steps of a drive, and elsewhere what Up and Down turn. */
static key_code wheel_key(const struct session *s, bool up)
{
    if (!s->help && session_screen(s) == SCREEN_DRIVE)
        return up ? KEYSYM_LEFT : KEYSYM_RIGHT;
    return up ? KEYSYM_UP : KEYSYM_DOWN;
}

void view_mouse(const struct session *s, const struct canvas *c, const struct view_mouse *m,
                struct message *ret)
{
    const struct canvas_spot *spot = m->wheel || s->help ? NULL : canvas_spot_at(c, m->row, m->col);

    *ret = (struct message){0};
    if (m->wheel)
        view_key(s, wheel_key(s, m->wheel < 0), ret);
    else if (s->help)
        *ret = (struct message){.kind = MESSAGE_KEY, .request = KEY_HELP};
    else if (spot)
        *ret = (struct message){.kind = MESSAGE_KEY,
                                .request = (enum key_request)spot->what,
                                .n = spot->n,
                                .cols = m->col - spot->col,
                                .rows = spot->cols};
}

void view_key(const struct session *s, key_code key, struct message *ret)
{
    const struct view *v = view_of(session_screen(s));
    enum key_request r = request_for(s->help ? SCREEN_TEXT : session_screen(s), key);

    *ret = (struct message){0};
    if (key == KEYSYM_NONE || key >= KEYSYM_CLICK)
        return;
    if (session_types(s) && r != KEY_QUIT && r != KEY_SUSPEND && r != KEY_REDRAW) {
        typed_message(key, ret);
        return;
    }
    if (session_types(s) && key < 0x110000 && key >= ' ') {
        typed_message(key, ret);
        return;
    }
    if (!s->help && v && v->key && v->key(s, key, ret))
        return;
    if (r == KEY_NOTHING && !s->help)
        return;
    ret->kind = MESSAGE_KEY;
    ret->request = help_closes(s, r) ? KEY_HELP : r;
    ret->n = key < 128 ? (long)key - '0' : 0;
}

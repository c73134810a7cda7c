/* scroll: a text on the screen, and a screen with no state: welcome. */
#include "session/scroll.h"

#include <stdlib.h>
#include <string.h>

#include "session/map.h"
#include "session/parts.h"

static void split_lines(struct scroll_state *t)
{
    size_t cap = 0, n = 0;

    for (char *p = t->text; p && *p;) {
        ARRAY_GROW(t->lines, n, cap);
        t->lines[n++] = p;
        char *end = strchr(p, '\n');
        p = end ? end + 1 : NULL;
    }
    t->line_count = (int)n;
}

static void scroll_close(struct session *s, struct effects *fx)
{
    (void)fx;
    if (!s->scroll)
        return;
    free(s->scroll->title);
    free(s->scroll->text);
    free(s->scroll->lines);
    free(s->scroll);
    s->scroll = NULL;
}

void session_open_text(struct session *s, const char *title, char *text, bool code,
                       struct effects *fx)
{
    session_push(s, SCREEN_TEXT, fx); /* closes the one that is open */
    s->scroll = xcalloc(1, sizeof *s->scroll);
    s->scroll->title = xstrdup(title);
    s->scroll->text = text;
    s->scroll->code = code;
    split_lines(s->scroll);
}

/* The end of the folders in front of a file's name: "/home/me/a.c:3: error" -> "a.c:3: error". */
static const char *behind_folders(const char *line, const char *end)
{
    const char *name = line;

    for (const char *p = line; *line == '/' && p < end && *p != ':' && *p != ' '; p++)
        if (*p == '/')
            name = p + 1;
    return name;
}

/* Where to break: the last blank that fits; all of it when it fits or has none. */
static size_t break_at(const char *line, size_t len, size_t width)
{
    size_t used = 0, blank = 0, col = 0;

    while (used < len && col < width) {
        uint32_t ch;
        size_t n = utf8_decode(line + used, len - used, &ch);
        int w = utf8_columns(ch);
        if (ch == ' ')
            blank = used;
        col += w > 0 ? (size_t)w : 0;
        used += n;
    }
    return used >= len ? len : blank ? blank : used;
}

/* Quoted source stays as it is: the marks below it must not move. */
static void add_compiler_line(struct strbuf *b, const char *line, const char *end, size_t width)
{
    line = behind_folders(line, end);
    if (*line == ' ')
        width = SIZE_MAX;
    for (bool first = true; first || line < end; first = false) {
        size_t len = break_at(line, (size_t)(end - line), first ? width : width - 4);
        strbuf_addf(b, "%s%.*s\n", first ? "" : "    ", (int)len, line);
        line += len + strspn(line + len, " ");
    }
}

void session_open_compiler_text(struct session *s, const char *text, struct effects *fx)
{
    struct strbuf b = STRBUF_INIT;

    while (*text) {
        size_t len = strcspn(text, "\n");
        add_compiler_line(&b, text, text + len, (size_t)session_cols(s));
        text += len + (text[len] == '\n');
    }
    session_open_text(s, "what the compiler says", strbuf_take(&b), false, fx);
}

static void scroll_to(struct session *s, int top, int count)
{
    int most = count - session_rows(s);

    s->scroll->top = top > most ? most : top;
    if (s->scroll->top < 0)
        s->scroll->top = 0;
}

static void scroll_update(struct session *s, struct message *m, struct effects *fx)
{
    int page = session_rows(s) - 1, top, count;

    (void)fx;
    if (!s->scroll)
        return;
    top = s->scroll->top;
    count = s->scroll->line_count;
    if (m->kind == MESSAGE_RESIZE)
        scroll_to(s, top, count);
    if (m->kind != MESSAGE_KEY)
        return;
    switch (m->request) {
    case KEY_UP: scroll_to(s, top - 1, count); break;
    case KEY_DOWN: scroll_to(s, top + 1, count); break;
    case KEY_LEFT:
    case KEY_PAGE_UP: scroll_to(s, top - page, count); break;
    case KEY_OPEN:
    case KEY_RIGHT:
    case KEY_PAGE_DOWN: scroll_to(s, top + page, count); break;
    case KEY_FIRST: scroll_to(s, 0, count); break;
    case KEY_LAST: scroll_to(s, count, count); break;
    default: break;
    }
}

const struct session_part scroll_part = {.update = scroll_update, .close = scroll_close};

/* ---- welcome --------------------------------------------------------------- */

/* Enter begins the course; what lies below is the map, so there is always a way back. */
static void welcome_update(struct session *s, struct message *m, struct effects *fx)
{
    const struct lesson *l = s->map->next_lesson;
    const struct step *st = s->map->next_step;

    if (m->kind != MESSAGE_KEY || (m->request != KEY_OPEN && m->request != KEY_CHECKUP))
        return;
    if (m->request == KEY_CHECKUP) {
        l = course_check(s->course, CHECK_ENTRY);
        st = l && l->step_count > 0 ? &l->steps[0] : NULL;
    }
    if (m->request == KEY_CHECKUP && !st)
        return;
    session_pop(s, fx);
    if (l && st)
        session_open_step(s, l, st, fx);
}

const struct session_part welcome_part = {.update = welcome_update};

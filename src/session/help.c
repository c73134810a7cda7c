/* help: see help.h. */
#include "session/help.h"

#include <stdlib.h>
#include <string.h>

/* ---- the table ------------------------------------------------------------- */

static bool has_word(const char *words, const char *word, size_t n)
{
    for (const char *p = words; *p;) {
        size_t len = strcspn(p, " ");
        if (len == n && memcmp(p, word, n) == 0)
            return true;
        p += len + strspn(p + len, " ");
    }
    return false;
}

bool key_hidden(enum key_request r, enum screen_id screen)
{
    const char *keys = key_row(r)->keys;
    size_t n = strcspn(keys, " ");

    for (int i = 1; i < (int)r; i++) {
        const struct key_row *row = key_row((enum key_request)i);
        if ((row->screens & (1u << screen)) && has_word(row->keys, keys, n))
            return true;
    }
    return false;
}

/* ---- layout ---------------------------------------------------------------- */

static void add_rows(struct page *p, enum screen_id screen, bool everywhere, int width)
{
    for (int i = 1; i < KEY_REQUEST_COUNT; i++) {
        const struct key_row *row = key_row((enum key_request)i);
        char keys[HELP_KEYS + 1];
        if (!(row->screens & (1u << screen)) || (row->screens == ON_ALL) != everywhere ||
            key_hidden((enum key_request)i, screen))
            continue;
        memset(keys, ' ', HELP_KEYS);
        keys[HELP_KEYS] = '\0';
        size_t n = strlen(row->keys);
        memcpy(keys, row->keys, n < HELP_KEYS - 1 ? n : HELP_KEYS - 1);
        page_item(p, keys, row->help, width, 0);
    }
}

static void clamp(struct session *s)
{
    struct help_state *h = s->help_page;
    int most = (int)h->page.count - session_rows(s);

    if (h->top > most)
        h->top = most;
    if (h->top < 0)
        h->top = 0;
}

static void lay_out(struct session *s)
{
    struct help_state *h = s->help_page;
    enum screen_id screen = session_screen(s);
    int width = session_cols(s) < 100 ? session_cols(s) : 100;

    page_fini(&h->page);
    h->page = (struct page)PAGE_INIT;
    add_rows(&h->page, screen, false, width);
    if (h->page.count > 0)
        page_blank(&h->page);
    add_rows(&h->page, screen, true, width);
    clamp(s);
}

void help_open(struct session *s)
{
    help_close(s);
    s->help = true;
    s->help_page = xcalloc(1, sizeof *s->help_page);
    lay_out(s);
}

void help_close(struct session *s)
{
    s->help = false;
    if (s->help_page)
        page_fini(&s->help_page->page);
    free(s->help_page);
    s->help_page = NULL;
}

void help_resize(struct session *s)
{
    if (s->help_page)
        lay_out(s);
}

void help_key(struct session *s, enum key_request r)
{
    int page = session_rows(s) - 1;

    switch (r) {
    case KEY_DOWN: s->help_page->top++; break;
    case KEY_UP: s->help_page->top--; break;
    case KEY_RIGHT:
    case KEY_PAGE_DOWN: s->help_page->top += page; break;
    case KEY_LEFT:
    case KEY_PAGE_UP: s->help_page->top -= page; break;
    case KEY_FIRST: s->help_page->top = 0; break;
    case KEY_LAST: s->help_page->top = (int)s->help_page->page.count; break;
    default: help_close(s); return;
    }
    clamp(s);
}

/* ledger_screen: the progress screen: the ledger laid out for the screen, and scrolled.
 *
 * Invariant: top is within what the longer side leaves to scroll.
 */
#include <stdlib.h>

#include "session/ledger.h"
#include "session/parts.h"

#define SIDE_GAP  4
#define WIDE      120
#define LEFT_COLS 72

int ledger_left_cols(const struct session *s) { return s->cols >= WIDE ? LEFT_COLS : 0; }

static int cap_width(int cols) { return cols < PAGE_WIDTH ? cols : PAGE_WIDTH; }

static void ledger_fini(struct ledger_state *l)
{
    page_fini(&l->left);
    page_fini(&l->right);
    l->left = l->right = (struct page)PAGE_INIT;
}

static void scroll_to(struct session *s, int top)
{
    struct ledger_state *l = s->ledger;
    int count = (int)(l->left.count > l->right.count ? l->left.count : l->right.count);
    int most = count - session_rows(s);

    l->top = top > most ? most : top;
    if (l->top < 0)
        l->top = 0;
}

static void lay_out(struct session *s)
{
    struct ledger_state *l = s->ledger;
    const struct ledger in = {s->course, s->progress, s->workspace, s->day};
    int left = ledger_left_cols(s), width = cap_width(session_cols(s));

    ledger_fini(l);
    ledger_lessons(&l->left, &in, width);
    if (left > 0) {
        ledger_beliefs(&l->right, &in, cap_width(session_cols(s) - left - SIDE_GAP));
    } else {
        ledger_beliefs(&l->left, &in, width);
    }
    scroll_to(s, l->top);
}

static void ledger_open(struct session *s, struct effects *fx)
{
    (void)fx;
    s->ledger = xcalloc(1, sizeof *s->ledger);
    lay_out(s);
}

static void ledger_close(struct session *s, struct effects *fx)
{
    (void)fx;
    if (s->ledger)
        ledger_fini(s->ledger);
    free(s->ledger);
    s->ledger = NULL;
}

static void ledger_update(struct session *s, struct message *m, struct effects *fx)
{
    int top = s->ledger->top, page = session_rows(s) - 1;

    if (m->kind == MESSAGE_RESIZE || m->kind == MESSAGE_DAY)
        lay_out(s);
    if (m->kind != MESSAGE_KEY)
        return;
    switch (m->request) {
    case KEY_UP: scroll_to(s, top - 1); break;
    case KEY_DOWN: scroll_to(s, top + 1); break;
    case KEY_LEFT:
    case KEY_PAGE_UP: scroll_to(s, top - page); break;
    case KEY_RIGHT:
    case KEY_PAGE_DOWN: scroll_to(s, top + page); break;
    case KEY_FIRST: scroll_to(s, 0); break;
    case KEY_LAST: scroll_to(s, 1 << 20); break;
    case KEY_RECALL: session_push(s, SCREEN_CARDS, fx); break;
    case KEY_OPEN: session_pop(s, fx); break;
    default: break;
    }
}

static void ledger_shown(struct session *s, struct effects *fx)
{
    (void)fx;
    lay_out(s);
}

const struct session_part progress_part = {
    .open = ledger_open, .update = ledger_update, .close = ledger_close, .shown = ledger_shown};

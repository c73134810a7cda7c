/* Recall cards: the front, and turned, the back; at the end, how it went and when it goes on. */
#include <stdlib.h>

#include "session/cards.h"
#include "view/around.h"
#include "view/views.h"

/* ---- a card ---------------------------------------------------------------- */

static int draw_side(struct canvas *c, struct area a, int row, const char *text)
{
    struct page p = PAGE_INIT;
    int width = a.cols - 4 < PAGE_WIDTH ? a.cols - 4 : PAGE_WIDTH;

    page_markdown(&p, text, width, 0);
    for (size_t i = 0; i < p.count && row < a.row + a.rows; i++)
        view_page_line(c, row++, a.col + 2, width, &p.lines[i], 0);
    page_fini(&p);
    return row;
}

static void draw_card(const struct cards_state *st, struct canvas *c, struct area a)
{
    const struct recall_card *card = cards_now(st);
    int row = a.row + 1, width = a.cols < PAGE_WIDTH ? a.cols : PAGE_WIDTH;
    char *where = xasprintf("%s %s", card->lesson->number, card->lesson->title);

    canvas_put_fit(c, row, a.col + 2, width, STYLE_LABEL, where);
    free(where);
    row = draw_side(c, a, row + 2, card->card->front) + 1;
    canvas_repeat(c, row, a.col + 2, width - 4, STYLE_RULE, "─");
    if (!st->turned) {
        canvas_put(c, row + 2, a.col + 2, STYLE_NEXT,
                   "▸ Say it to yourself, then Enter turns the card");
        return;
    }
    row = draw_side(c, a, row + 2, card->card->back) + 1;
    if (row < a.row + a.rows)
        canvas_put(c, row, a.col + 2, STYLE_NEXT,
                   "▸ Did you know it? y or Right: yes   n or Left: no");
}

/* ---- the end of a round ---------------------------------------------------- */

static char *next_words(const struct session *s)
{
    const struct cards_state *st = s->cards;
    long next = -1;
    char date[16];

    for (size_t i = 0; i < st->count; i++)
        if (st->cards[i].due > s->day && (next < 0 || st->cards[i].due < next))
            next = st->cards[i].due;
    if (next < 0)
        return xstrdup("");
    recall_day_text(next, date);
    return xasprintf("The next card is due on %s.", date);
}

static char *end_words(const struct session *s)
{
    const struct cards_state *st = s->cards;
    char *next = next_words(s), *out;

    if (st->count == 0)
        out = xstrdup(
            "No cards are in play yet.\n\nEach lesson has a few. They come into play when the "
            "lesson's last step is done, and are asked again after 1, 3, 7 and 21 days: just "
            "before they would be forgotten.");
    else if (st->due == 0)
        out = xasprintf("No card is due today. %s", next);
    else
        out = xasprintf("%s: %d known, %d not.\n\n%s",
                        st->warm_up ? "Warmed up" : "That was it for today", st->knew, st->forgot,
                        next);
    free(next);
    return out;
}

static void draw_end(const struct session *s, struct canvas *c, struct area a)
{
    char *words = end_words(s);
    int row = draw_side(c, a, a.row + 1, words);

    canvas_put(c, row + 1, a.col + 2, STYLE_NEXT,
               s->cards->warm_up ? "▸ Enter begins the lesson" : "▸ Enter goes back");
    free(words);
}

/* ---- the screen ------------------------------------------------------------ */

static void draw_cards(const struct session *s, struct canvas *c)
{
    const struct cards_state *st = s->cards;
    const char *title = st->warm_up ? "Before it begins: what do you remember?" : "Recall cards";
    char *right = st->queued > 0
                      ? xasprintf("%zu left%s", st->queued, st->warm_up ? "; q skips" : " today")
                      : NULL;
    struct area a = view_frame(s, c, title, right);

    if (cards_now(st))
        draw_card(st, c, a);
    else
        draw_end(s, c, a);
    free(right);
}

static bool cards_offers(const struct session *s, enum key_request k)
{
    if (k == KEY_KNEW || k == KEY_FORGOT)
        return cards_now(s->cards) && s->cards->turned;
    return k != KEY_OPEN; /* the page says what Enter does */
}

const struct view view_cards = {.screen = SCREEN_CARDS, .draw = draw_cards, .offers = cards_offers};

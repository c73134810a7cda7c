/* cards: see cards.h. */
#include "session/cards.h"

#include <stdlib.h>
#include <string.h>

#include "session/parts.h"

const struct recall_card *cards_now(const struct cards_state *c)
{
    return c->queued > 0 ? &c->cards[c->queue[0]] : NULL;
}

static void ask(struct cards_state *c, size_t card)
{
    ARRAY_GROW(c->queue, c->queued, c->cap);
    c->queue[c->queued++] = card;
}

static void begin_round(struct session *s)
{
    struct cards_state *c = s->cards;

    free(c->cards);
    free(c->asked);
    c->cards = recall_cards(s->course, s->progress, &c->count);
    c->asked = xcalloc(c->count + 1, sizeof *c->asked);
    c->due = recall_due(c->cards, c->count, s->day);
    c->queued = 0;
    c->knew = c->forgot = 0;
    c->turned = false;
    for (size_t i = 0; i < c->due; i++)
        ask(c, i);
}

/* ---- the warm-up ----------------------------------------------------------- */

static bool fit_to_warm_up(const struct session *s, const struct recall_card *card,
                           const struct lesson *l)
{
    ptrdiff_t at = l - s->course->lessons;
    bool just_ended = at > 0 && card->lesson == &s->course->lessons[at - 1];

    return card->lesson != l && (card->box > 0 || !just_ended);
}

static bool is_begun(const struct session *s, const struct lesson *l)
{
    for (size_t i = 0; i < l->step_count; i++)
        if (progress_step_is_done(s->progress, l->steps[i].id))
            return true;
    return false;
}

void cards_warm_up(struct session *s, const struct lesson *l, struct effects *fx)
{
    struct cards_state *c;
    size_t kept = 0;

    if (l->check || is_begun(s, l))
        return;
    session_push(s, SCREEN_CARDS, fx);
    c = s->cards;
    for (size_t i = 0; i < c->queued && kept < WARM_UP_CARDS; i++)
        if (fit_to_warm_up(s, &c->cards[c->queue[i]], l))
            c->queue[kept++] = c->queue[i];
    c->queued = kept;
    c->warm_up = true;
    if (kept == 0)
        session_pop(s, fx);
}

/* ---- the screen ------------------------------------------------------------ */

static void cards_open(struct session *s, struct effects *fx)
{
    (void)fx;
    s->cards = xcalloc(1, sizeof *s->cards);
    begin_round(s);
}

static void cards_close(struct session *s, struct effects *fx)
{
    struct cards_state *c = s->cards;

    (void)fx;
    if (!c)
        return;
    free(c->cards);
    free(c->asked);
    free(c->queue);
    free(c);
    s->cards = NULL;
}

static void answer(struct session *s, bool knew, struct effects *fx)
{
    struct cards_state *c = s->cards;
    size_t now = c->queue[0];

    if (!c->asked[now]) {
        recall_answer(s->progress, &c->cards[now], knew, s->day);
        effects_add(fx, EFFECT_SAVE);
        c->knew += knew;
        c->forgot += !knew;
        c->asked[now] = true;
    }
    memmove(c->queue, c->queue + 1, --c->queued * sizeof *c->queue);
    if (!knew)
        ask(c, now);
    c->turned = false;
}

static void cards_update(struct session *s, struct message *m, struct effects *fx)
{
    struct cards_state *c = s->cards;
    bool any = cards_now(c) != NULL;

    if (m->kind != MESSAGE_KEY)
        return;
    if (m->request == KEY_OPEN || m->request == KEY_TURN) {
        if (!any)
            session_pop(s, fx);
        else if (!c->turned)
            c->turned = true;
        else
            session_notice(s, "did you know it? y or Right: yes, n or Left: no");
    } else if ((m->request == KEY_KNEW || m->request == KEY_FORGOT) && any) {
        if (c->turned)
            answer(s, m->request == KEY_KNEW, fx);
        else
            session_notice(s, "say it to yourself first; Enter turns the card");
    }
}

const struct session_part cards_part = {
    .open = cards_open, .update = cards_update, .close = cards_close};

/* recall: see recall.h. */
#include "session/recall.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- days ------------------------------------------------------------------ */

/* Years begin in March here, so that the leap day is the last of a year; 400 years have 146097
 * days, and 1970-01-01 is 719468 days after the first of March of the year 0. */
static long day_of(long y, long m, long d)
{
    y -= m <= 2;
    long era = y / 400, of_era = y - era * 400;
    long of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of(long day, long *y, long *m, long *d)
{
    day += 719468;
    long era = day / 146097, of_era = day - era * 146097;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;

    *d = of_year - (153 * month + 2) / 5 + 1;
    *m = month < 10 ? month + 3 : month - 9;
    *y = year + era * 400 + (*m <= 2);
}

void recall_day_text(long day, char out[16])
{
    long y, m, d;

    date_of(day < 0 ? 0 : day, &y, &m, &d);
    snprintf(out, 16, "%04u-%02u-%02u", (unsigned)y % 10000, (unsigned)m % 100, (unsigned)d % 100);
}

long recall_day_parse(const char *text)
{
    char same[16];
    long y, m, d, day;

    if (sscanf(text, "%4ld-%2ld-%2ld", &y, &m, &d) != 3 || y < 1970 || m < 1 || m > 12 || d < 1)
        return -1;
    day = day_of(y, m, d);
    recall_day_text(day, same);
    return strncmp(text, same, 10) == 0 ? day : -1; /* there is no 30th of February */
}

/* ---- facts ----------------------------------------------------------------- */

static char *subject_of(const struct lesson *l, const struct card *c)
{
    return xasprintf("%s/%08" PRIx32, l->id,
                     (uint32_t)hash_bytes(c->front, strlen(c->front), HASH_SEED));
}

/* False when the card was never looked at, or the fact is not one of ours. */
static bool read_fact(const struct progress *p, struct recall_card *c)
{
    char *subject = subject_of(c->lesson, c->card);
    const char *rest = progress_get(p, "card", subject);
    int box = 0, used = 0;
    long due =
        rest && sscanf(rest, "%1d %n", &box, &used) == 1 ? recall_day_parse(rest + used) : -1;

    free(subject);
    if (due < 0 || box < 1 || box > RECALL_BOXES)
        return false;
    c->box = box;
    c->due = due;
    return true;
}

bool recall_in_play(const struct progress *p, const struct lesson *l)
{
    if (l->step_count > 0 && progress_step_is_done(p, l->steps[l->step_count - 1].id))
        return true;
    for (size_t i = 0; i < l->card_count; i++)
        if (read_fact(p, &(struct recall_card){.lesson = l, .card = &l->cards[i]}))
            return true;
    return false;
}

/* ---- the order ------------------------------------------------------------- */

static int earlier(const void *a, const void *b)
{
    const struct recall_card *x = a, *y = b;
    ptrdiff_t nx = x->card - x->lesson->cards, ny = y->card - y->lesson->cards;

    if (x->due != y->due)
        return x->due < y->due ? -1 : 1;
    if (nx != ny)
        return nx < ny ? -1 : 1;
    return strcmp(x->lesson->id, y->lesson->id);
}

struct recall_card *recall_cards(const struct course *c, const struct progress *p,
                                 size_t *ret_count)
{
    struct recall_card *cards = NULL;
    size_t n = 0, cap = 0;

    for (size_t i = 0; i < c->lesson_count; i++) {
        const struct lesson *l = &c->lessons[i];
        for (size_t k = 0; recall_in_play(p, l) && k < l->card_count; k++) {
            ARRAY_GROW(cards, n, cap);
            cards[n] = (struct recall_card){.lesson = l, .card = &l->cards[k]};
            read_fact(p, &cards[n++]);
        }
    }
    if (n > 0)
        qsort(cards, n, sizeof *cards, earlier);
    *ret_count = n;
    return cards;
}

size_t recall_due(const struct recall_card *cards, size_t count, long day)
{
    size_t n = 0;

    while (n < count && cards[n].due <= day)
        n++;
    return n;
}

/* ---- answers --------------------------------------------------------------- */

void recall_answer(struct progress *p, struct recall_card *c, bool knew, long day)
{
    static const int days[RECALL_BOXES] = {1, 3, 7, 21};
    char date[16], rest[32];

    c->box = !knew ? 1 : c->box < RECALL_BOXES ? c->box + 1 : RECALL_BOXES;
    c->due = day + days[c->box - 1];
    recall_day_text(c->due, date);
    snprintf(rest, sizeof rest, "%d %s", c->box, date);
    char *subject = subject_of(c->lesson, c->card);
    progress_set(p, "card", subject, rest);
    free(subject);
}

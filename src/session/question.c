/* question: what the learner chose, is it right, and how it is written down. Pure; no layout. */
#include "session/reading.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void shuffle(int *order, size_t n, const char *seed)
{
    uint64_t h = hash_bytes(seed, strlen(seed), HASH_SEED);

    for (size_t i = n; i > 1; i--) {
        h = hash_bytes(&i, sizeof i, h);
        size_t j = (size_t)((h >> 20) % i);
        int t = order[i - 1];
        order[i - 1] = order[j];
        order[j] = t;
    }
}

/* Do the first `belong` lines come one after the other as they should? Two lines with the same
 * words may stand in for each other. */
static bool in_right_order(const int *order, size_t n, const char *const *lines, size_t belong)
{
    size_t next = 0;

    for (size_t i = 0; i < n; i++)
        if ((size_t)order[i] < belong && strcmp(lines[order[i]], lines[next++]) != 0)
            return false;
    return belong > 1;
}

/* Each line that belongs goes to the place of the next one that does. */
static void rotate(int *order, size_t n, size_t belong)
{
    int *last = NULL, first = 0;

    for (size_t i = 0; i < n; i++) {
        if ((size_t)order[i] >= belong)
            continue;
        if (last)
            *last = order[i];
        else
            first = order[i];
        last = &order[i];
    }
    if (last)
        *last = first;
}

void question_mix(int *order, size_t n, const char *const *lines, size_t belong, const char *seed)
{
    for (size_t i = 0; i < n; i++)
        order[i] = (int)i;
    shuffle(order, n, seed);
    for (size_t i = 1; i < belong && in_right_order(order, n, lines, belong); i++)
        rotate(order, n, belong);
}

static size_t right_lines(const struct question *q)
{
    size_t n = 0;

    for (size_t i = 0; i < q->option_count; i++)
        n += q->options[i].right;
    return n;
}

static void mix_question(struct reading_question *rq)
{
    const struct question *q = rq->q;
    bool match = q->kind == QUESTION_MATCH;
    const char **lines = xcalloc(rq->count + 1, sizeof *lines);

    for (size_t i = 0; i < rq->count; i++)
        lines[i] = match ? q->options[i].why : q->options[i].text;
    question_mix(rq->order, rq->count, lines, match ? rq->count : right_lines(q),
                 q->text ? q->text : "");
    free(lines);
}

void question_init(struct reading_question *rq, const struct question *q, const char *subject)
{
    *rq = (struct reading_question){.q = q, .count = q->option_count};
    snprintf(rq->subject, sizeof rq->subject, "%s", subject);
    rq->order = xcalloc(rq->count + 1, sizeof *rq->order);
    rq->chosen = xcalloc(rq->count + 1, sizeof *rq->chosen);
    rq->placed = xcalloc(rq->count + 1, sizeof *rq->placed);
    for (size_t i = 0; i < rq->count; i++)
        rq->order[i] = (int)i;
    if (q->kind == QUESTION_ORDER || q->kind == QUESTION_MATCH)
        mix_question(rq);
    question_forget(rq);
}

void question_fini(struct reading_question *rq)
{
    free(rq->order);
    free(rq->chosen);
    free(rq->placed);
}

void question_forget(struct reading_question *rq)
{
    rq->answered = rq->right = false;
    rq->number[0] = '\0';
    rq->placed_count = 0;
    for (size_t i = 0; i < rq->count; i++) {
        rq->chosen[i] = false;
        rq->placed[i] = -1;
    }
}

int question_items(const struct reading_question *rq)
{
    return rq->q->kind == QUESTION_NUMBER ? 0 : (int)rq->count;
}

/* ---- choosing -------------------------------------------------------------- */

static void place_or_take_back(struct reading_question *rq, int option)
{
    for (size_t i = 0; i < rq->placed_count; i++)
        if (rq->placed[i] == option) {
            memmove(&rq->placed[i], &rq->placed[i + 1],
                    (rq->placed_count - i - 1) * sizeof *rq->placed);
            rq->placed_count--;
            return;
        }
    rq->placed[rq->placed_count++] = option;
}

void question_pick(struct reading_question *rq, int item)
{
    if (rq->answered || item < 0 || (size_t)item >= rq->count)
        return;
    switch (rq->q->kind) {
    case QUESTION_CHOICE:
        memset(rq->chosen, 0, rq->count * sizeof *rq->chosen);
        rq->chosen[item] = true;
        break;
    case QUESTION_MULTI: rq->chosen[item] = !rq->chosen[item]; break;
    case QUESTION_ORDER: place_or_take_back(rq, rq->order[item]); break;
    case QUESTION_MATCH: question_turn(rq, item, 1); break;
    case QUESTION_NUMBER: break;
    }
}

static size_t place_shown(const struct reading_question *rq, int option)
{
    for (size_t i = 0; i < rq->count; i++)
        if (rq->order[i] == option)
            return i;
    return rq->count;
}

void question_turn(struct reading_question *rq, int item, int by)
{
    if (rq->answered || rq->q->kind != QUESTION_MATCH || item < 0 || (size_t)item >= rq->count)
        return;
    int n = (int)rq->count, now = rq->placed[item];
    int at = now < 0 ? (by > 0 ? -1 : n) : (int)place_shown(rq, now);
    rq->placed[item] = rq->order[((at + by) % n + n) % n];
}

void question_type(struct reading_question *rq, uint32_t ch)
{
    size_t n = strlen(rq->number);

    if (rq->answered)
        return;
    if (ch == 8 && n > 0)
        rq->number[n - 1] = '\0';
    else if (ch < 128 && (isdigit((int)ch) || strchr(".-+ eE", (int)ch)) && ch >= ' ' &&
             n + 1 < sizeof rq->number)
        snprintf(rq->number + n, 2, "%c", (char)ch);
}

/* ---- judging --------------------------------------------------------------- */

/* "1 000 000", "2e5", ".5"; false for anything else. */
static bool parse_number(const char *text, double *out)
{
    char plain[32], *end;
    size_t n = 0;

    for (; *text && n + 1 < sizeof plain; text++)
        if (*text != ' ')
            plain[n++] = *text;
    plain[n] = '\0';
    *out = strtod(plain, &end);
    return n > 0 && *end == '\0' && isfinite(*out);
}

const char *question_lacks(const struct reading_question *rq)
{
    double value;
    bool any = false;

    switch (rq->q->kind) {
    case QUESTION_CHOICE:
    case QUESTION_MULTI:
        for (size_t i = 0; i < rq->count; i++)
            any |= rq->chosen[i];
        return any ? NULL
               : rq->q->kind == QUESTION_CHOICE
                   ? "choose an answer first: its number, or space"
                   : "choose at least one answer first: numbers, or space";
    case QUESTION_NUMBER: return parse_number(rq->number, &value) ? NULL : "type a number first";
    case QUESTION_ORDER:
        return rq->placed_count > 0 ? NULL
                                    : "put the lines in order first: space takes the next line";
    case QUESTION_MATCH:
        for (size_t i = 0; i < rq->count; i++)
            if (rq->placed[i] < 0)
                return "give every line a partner first: space, or left and right";
        return NULL;
    }
    return NULL;
}

/* Two lines with the same words may stand in for each other. */
bool question_place_right(const struct reading_question *rq, size_t i)
{
    const struct question *q = rq->q;

    if (i >= rq->placed_count || i >= right_lines(q))
        return false;
    int option = rq->placed[i];
    return q->options[option].right && strcmp(q->options[option].text, q->options[i].text) == 0;
}

static bool match_right(const struct question *q, size_t left, int right)
{
    return right >= 0 && strcmp(q->options[left].why, q->options[right].why) == 0;
}

static bool judge(const struct reading_question *rq)
{
    const struct question *q = rq->q;
    double value;

    if (q->kind == QUESTION_NUMBER)
        return parse_number(rq->number, &value) &&
               fabs(value - q->number) <= 1e-9 * fmax(1, fabs(q->number));
    if (q->kind == QUESTION_ORDER && rq->placed_count != right_lines(q))
        return false;
    for (size_t i = 0; i < (q->kind == QUESTION_ORDER ? rq->placed_count : rq->count); i++) {
        bool ok = q->kind == QUESTION_ORDER   ? question_place_right(rq, i)
                  : q->kind == QUESTION_MATCH ? match_right(q, i, rq->placed[i])
                                              : rq->chosen[i] == q->options[i].right;
        if (!ok)
            return false;
    }
    return true;
}

void question_answer(struct reading_question *rq)
{
    rq->right = judge(rq);
    rq->answered = true;
}

/* ---- writing down ---------------------------------------------------------- */

char *question_encode(const struct reading_question *rq)
{
    struct strbuf b = STRBUF_INIT;

    if (rq->q->kind == QUESTION_NUMBER)
        strbuf_adds(&b, rq->number);
    else if (rq->q->kind == QUESTION_CHOICE || rq->q->kind == QUESTION_MULTI) {
        for (size_t i = 0; i < rq->count; i++)
            if (rq->chosen[i])
                strbuf_addf(&b, "%s%zu", b.len ? "," : "", i);
    } else {
        size_t n = rq->q->kind == QUESTION_ORDER ? rq->placed_count : rq->count;
        for (size_t i = 0; i < n; i++)
            strbuf_addf(&b, "%s%d", b.len ? "," : "", rq->placed[i]);
    }
    return strbuf_take(&b);
}

static bool take_index(struct reading_question *rq, long value)
{
    if (value < 0 || (size_t)value >= rq->count)
        return false;
    if (rq->q->kind == QUESTION_ORDER || rq->q->kind == QUESTION_MATCH) {
        if (rq->placed_count >= rq->count)
            return false;
        rq->placed[rq->placed_count++] = (int)value;
    } else {
        rq->chosen[value] = true;
    }
    return true;
}

bool question_decode(struct reading_question *rq, const char *word)
{
    question_forget(rq);
    if (rq->q->kind == QUESTION_NUMBER) {
        snprintf(rq->number, sizeof rq->number, "%s", word);
    } else {
        for (const char *p = word; *p;) {
            char *end;
            long value = strtol(p, &end, 10);
            if (end == p || (*end && *end != ',') || !take_index(rq, value)) {
                question_forget(rq);
                return false;
            }
            p = *end ? end + 1 : end;
        }
    }
    if (question_lacks(rq)) {
        question_forget(rq);
        return false;
    }
    question_answer(rq);
    return true;
}

/* beliefs: see beliefs.h. */
#include "session/beliefs.h"

#include <stdio.h>
#include <string.h>

struct belief_record beliefs_get(const struct progress *p, const char *id)
{
    const char *rest = progress_get(p, "belief", id);
    struct belief_record r = {0};
    char last[8] = "";

    if (!rest || sscanf(rest, "%6d %6d %7s", &r.held, &r.right, last) != 3 || r.held < 0 ||
        r.right < 0)
        return (struct belief_record){0};
    r.last_right = strcmp(last, "right") == 0;
    return r;
}

static void put(struct progress *p, const char *id, struct belief_record r)
{
    char rest[40];

    snprintf(rest, sizeof rest, "%d %d %s", r.held, r.right, r.last_right ? "right" : "held");
    progress_set(p, "belief", id, rest);
}

void beliefs_held(struct progress *p, const char *id)
{
    struct belief_record r = beliefs_get(p, id);

    r.held++;
    r.last_right = false;
    put(p, id, r);
}

void beliefs_right(struct progress *p, const char *id)
{
    struct belief_record r = beliefs_get(p, id);

    r.right++;
    r.last_right = true;
    put(p, id, r);
}

/* Two options of a question may carry the same belief: it counts once. */
static bool named_before(const struct question *q, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (q->options[k].misconception &&
            strcmp(q->options[k].misconception, q->options[i].misconception) == 0)
            return true;
    return false;
}

void beliefs_answer(struct progress *p, const struct question *q, const bool *chosen, bool right)
{
    if (q->kind != QUESTION_CHOICE && q->kind != QUESTION_MULTI)
        return;
    for (size_t i = 0; i < q->option_count; i++) {
        const struct option *o = &q->options[i];
        if (!o->misconception)
            continue;
        if (chosen[i] != o->right)
            beliefs_held(p, o->misconception);
        else if (right && !named_before(q, i))
            beliefs_right(p, o->misconception);
    }
}

void beliefs_passed(struct progress *p, const struct exercise *ex)
{
    for (size_t i = 0; i < ex->misconception_count; i++)
        beliefs_right(p, ex->misconceptions[i]);
}

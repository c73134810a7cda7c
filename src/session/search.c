/* search: see search.h. Each thing that can be found is made one title and one text, and both are
 * looked through. */
#include "session/search.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define WORDS_MAX    8
#define BYTES_BEFORE 20 /* the word, in a snippet */
#define BYTES_AFTER  90

struct search {
    char *copy; /* cut at blanks */
    const char *words[WORDS_MAX];
    size_t word_count;
    bool in_titles; /* the first of two rounds */
    struct search_hit *hits;
    size_t count, cap;
};

/* ---- text ------------------------------------------------------------------ */

static void add(struct strbuf *b, const char *text)
{
    if (text && *text)
        strbuf_addf(b, "%s\n", text);
}

static void add_question(struct strbuf *b, const struct question *q)
{
    add(b, q->text);
    for (size_t i = 0; i < q->option_count; i++) {
        add(b, q->options[i].text);
        if (q->kind == QUESTION_MATCH)
            add(b, q->options[i].why);
    }
}

/* What the page shows. Answers and explanations are not to be found before they are given. */
static void add_block(struct strbuf *b, const struct block *k)
{
    switch (k->kind) {
    case BLOCK_TEXT: add(b, k->text); break;
    case BLOCK_CODE:
    case BLOCK_ROSETTA:
        add(b, k->code.text);
        add(b, k->python.text);
        break;
    case BLOCK_QUESTION:
        add_question(b, &k->question);
        add(b, k->question.code.text);
        break;
    case BLOCK_CAREFUL:
        add(b, k->careful.says);
        add(b, k->careful.exactly);
        break;
    case BLOCK_DEMO: add(b, k->demo.program); break;
    case BLOCK_DRIVE:
        add(b, k->drive.program);
        add(b, k->drive.goal);
        break;
    case BLOCK_EXERCISE: add(b, k->exercise); break;
    case BLOCK_LANES:
    case BLOCK_BREAK: break;
    }
}

static char *step_text(const struct step *st)
{
    struct strbuf b = STRBUF_INIT;

    for (size_t i = 0; i < st->block_count; i++)
        add_block(&b, &st->blocks[i]);
    return strbuf_take(&b);
}

static char *goals_text(const struct lesson *l)
{
    struct strbuf b = STRBUF_INIT;

    for (size_t i = 0; i < l->goal_count; i++)
        add(&b, l->goals[i]);
    return strbuf_take(&b);
}

/* ---- looking --------------------------------------------------------------- */

static bool all_in(const struct search *s, const char *text, const char *or_text)
{
    for (size_t i = 0; i < s->word_count; i++)
        if (!strcasestr(text, s->words[i]) && !(or_text && strcasestr(or_text, s->words[i])))
            return false;
    return true;
}

static const char *first_word(const struct search *s, const char *text)
{
    for (size_t i = 0; i < s->word_count; i++) {
        const char *at = strcasestr(text, s->words[i]);
        if (at)
            return at;
    }
    return text;
}

static bool is_mark(char ch) { return ch == '`' || ch == '*' || ch == '\\'; }

/* The text around `at`, its blanks made one and its Markdown left out, cut at words. */
static char *snippet(const char *text, const char *at)
{
    const char *from = at - text > BYTES_BEFORE ? at - BYTES_BEFORE : text,
               *end = text + strlen(text);
    const char *to = end - at > BYTES_AFTER ? at + BYTES_AFTER : end;
    struct strbuf b = STRBUF_INIT;

    while (from > text && from < at && !isspace((unsigned char)from[-1]))
        from++;
    while (to < end && to > at && !isspace((unsigned char)*to))
        to--;
    for (const char *p = from; p < to; p++) {
        if (isspace((unsigned char)*p)) {
            if (b.len > 0 && b.s[b.len - 1] != ' ')
                strbuf_addc(&b, ' ');
        } else if (!is_mark(*p)) {
            strbuf_addc(&b, *p);
        }
    }
    char *line = strbuf_take(&b),
         *out = xasprintf("%s%s%s", from > text ? "…" : "", str_trim(line), to < end ? "…" : "");
    free(line);
    return out;
}

static void look_at(struct search *s, struct search_hit what, const char *title, const char *text)
{
    bool by_title = all_in(s, title, NULL);

    if (by_title != s->in_titles || !all_in(s, title, text))
        return;
    if (!by_title)
        what.snippet = snippet(text, first_word(s, text));
    ARRAY_GROW(s->hits, s->count, s->cap);
    s->hits[s->count++] = what;
}

static void look_at_step(struct search *s, const struct lesson *l, const struct step *st)
{
    char *title = xasprintf("%s %s", st->id, st->title), *text = step_text(st);

    look_at(s, (struct search_hit){.lesson = l, .step = st}, title, text);
    free(title);
    free(text);
}

static void look_at_lesson(struct search *s, const struct lesson *l)
{
    char *title = xasprintf("%s %s", l->id, l->title), *goals = goals_text(l);

    look_at(s, (struct search_hit){.lesson = l}, title, goals);
    free(title);
    free(goals);
    for (size_t i = 0; i < l->step_count; i++)
        look_at_step(s, l, &l->steps[i]);
    for (size_t i = 0; i < l->exercise_count; i++) {
        const struct exercise *ex = &l->exercises[i];
        look_at(s, (struct search_hit){.lesson = l, .exercise = ex}, ex->name,
                ex->statement ? ex->statement : "");
    }
}

static void cut_words(struct search *s, const char *words)
{
    s->copy = xstrdup(words);
    for (char *save = NULL, *w = strtok_r(s->copy, " \t\n", &save); w && s->word_count < WORDS_MAX;
         w = strtok_r(NULL, " \t\n", &save))
        s->words[s->word_count++] = w;
}

struct search_hit *search_course(const struct course *c, const char *words, size_t *ret_count)
{
    struct search s = {0};

    cut_words(&s, words);
    for (int round = 0; round < 2 && s.word_count > 0; round++) {
        s.in_titles = round == 0;
        for (size_t i = 0; i < c->lesson_count; i++)
            look_at_lesson(&s, &c->lessons[i]);
        for (size_t i = 0; i < c->check_count; i++)
            look_at_lesson(&s, &c->checks[i]);
    }
    free(s.copy);
    *ret_count = s.count;
    return s.hits;
}

void search_free(struct search_hit *hits, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(hits[i].snippet);
    free(hits);
}

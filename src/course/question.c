/* question: the questions of predict and quiz.
 *
 * A line starts a part (text, option, number, line to order, pair, explanation, key) or continues
 * the one before. What kind of question it is follows from its parts.
 */
#include "course/internal.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct field_place place;
    struct question *(*add)(void *arg, int line);
    void *arg;
    struct question *q; /* the one being read; NULL between questions */
    struct strbuf text; /* of the part being read */
    enum part { PART_NONE, PART_TEXT, PART_OPTION, PART_WHY, PART_DONE } part;
    bool order_why; /* the explanation belongs to the question, not to an option */
    bool multi, number;
    size_t rights;
};

static void complain(struct reader *r, const char *what)
{
    problem_add(r->place.l, r->place.file, r->place.line, "%s", what);
}

/* ---- parts end ------------------------------------------------------------------ */

static struct option *last_option(struct reader *r)
{
    return r->q->option_count ? &r->q->options[r->q->option_count - 1] : NULL;
}

/* "… (M04)" → the id is cut off. */
static char *cut_misconception(char *why)
{
    size_t n = strlen(why);
    char *open = n >= 5 ? why + n - 5 : NULL;
    if (!open || open[0] != '(' || open[4] != ')' || open[1] != 'M')
        return NULL;
    char *id = xstrndup(open + 1, 3);
    *open = '\0';
    str_trim(why);
    return id;
}

static void end_why(struct reader *r)
{
    struct option *o = r->order_why ? NULL : last_option(r);
    char **to = o ? &o->why : &r->q->why;
    if (*to) {
        complain(r, "a second explanation for the same thing");
        return;
    }
    *to = strbuf_take(&r->text);
    char *id = cut_misconception(*to);
    if (o)
        o->misconception = id;
    else
        free(id);
}

static void end_part(struct reader *r)
{
    if (r->part == PART_TEXT) {
        free(r->q->text);
        r->q->text = strbuf_take(&r->text);
    } else if (r->part == PART_OPTION) {
        free(last_option(r)->text);
        last_option(r)->text = strbuf_take(&r->text);
    } else if (r->part == PART_WHY) {
        end_why(r);
    }
    strbuf_fini(&r->text);
    r->part = PART_DONE;
}

static void end_question(struct reader *r)
{
    struct question *q = r->q;
    if (!q)
        return;
    end_part(r);
    r->place.line = q->line;
    if (q->kind == QUESTION_CHOICE && r->rights != 1)
        r->multi = true;
    if (q->kind == QUESTION_CHOICE && r->multi)
        q->kind = QUESTION_MULTI;
    if (!*q->text)
        complain(r, "the question has no text");
    if (!r->number && q->option_count == 0)
        complain(r, "the question has no options and no answer");
    else if ((q->kind == QUESTION_CHOICE || q->kind == QUESTION_MULTI) && r->rights == 0)
        complain(r, "the question has no right option");
    r->q = NULL;
}

/* ---- parts begin ---------------------------------------------------------------- */

static void begin_question(struct reader *r, const char *text)
{
    end_question(r);
    r->q = r->add(r->arg, r->place.line);
    if (!r->q)
        return;
    r->q->line = r->place.line;
    r->q->text = xstrdup("");
    r->part = PART_TEXT;
    r->order_why = r->multi = r->number = false;
    r->rights = 0;
    strbuf_adds(&r->text, text);
}

static struct option *add_option(struct reader *r, bool right)
{
    struct question *q = r->q;
    if ((q->option_count & (q->option_count - 1)) == 0)
        q->options =
            xrealloc(q->options, (q->option_count ? q->option_count * 2 : 1) * sizeof *q->options);
    q->options[q->option_count] = (struct option){.text = xstrdup(""), .right = right};
    return &q->options[q->option_count++];
}

/* False when parts of different kinds of questions are mixed. */
static bool be(struct reader *r, enum question_kind kind)
{
    bool fresh = r->q->option_count == 0 && !r->number;
    if (!fresh && r->q->kind != kind) {
        complain(
            r,
            "a question has options, or a number, or lines to order, or pairs - not two of them");
        return false;
    }
    r->q->kind = kind;
    return true;
}

static bool is_full(struct reader *r)
{
    if (r->q->option_count == OPTIONS_MAX)
        complain(r, "this question has too many options");
    return r->q->option_count >= OPTIONS_MAX;
}

static void begin_option(struct reader *r, const char *s, bool right)
{
    if (!be(r, QUESTION_CHOICE) || is_full(r))
        return;
    add_option(r, right);
    r->rights += right;
    r->part = PART_OPTION;
    strbuf_adds(&r->text, s + strspn(s, " "));
}

static void begin_order(struct reader *r, const char *s, bool right)
{
    if (!be(r, QUESTION_ORDER) || is_full(r))
        return;
    r->order_why = true;
    struct option *o = add_option(r, right);
    free(o->text);
    o->text = xstrdup(*s == ' ' ? s + 1 : s);
}

static void begin_match(struct reader *r, const char *s)
{
    const char *bar = strstr(s, " | ");
    if (!be(r, QUESTION_MATCH) || is_full(r))
        return;
    if (!bar) {
        complain(r, "a pair is 'match: left | right'");
        return;
    }
    r->order_why = true;
    struct option *o = add_option(r, true);
    char *left = xstrndup(s, (size_t)(bar - s)), *right = xstrdup(bar + 3);
    free(o->text);
    o->text = xstrdup(str_trim(left));
    o->why = xstrdup(str_trim(right));
    free(left);
    free(right);
}

static void begin_number(struct reader *r, const char *s)
{
    struct strbuf digits = STRBUF_INIT;
    char *end;
    if (!be(r, QUESTION_NUMBER))
        return;
    for (; *s; s++)
        if (*s != ' ')
            strbuf_addc(&digits, *s);
    errno = 0;
    r->q->number = strtod(digits.s, &end);
    if (end == digits.s || *end || errno || !isfinite(r->q->number))
        complain(r, "the answer after '=' is not a number");
    r->number = r->order_why = true;
    strbuf_fini(&digits);
}

/* computed program=drive/x.c observe=c scale=3 */
static void begin_key(struct reader *r, const char *s)
{
    char **words = NULL;
    size_t count = 0;
    long n;
    list_split(&words, &count, s, ' ');
    struct question *q = r->q;
    q->key_scale = 1;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 && strcmp(words[i], "computed") == 0)
            continue;
        else if (str_starts(words[i], "program=") && !q->key_program)
            q->key_program = program_path(words[i] + 8);
        else if (str_starts(words[i], "observe=") && !q->key_observe)
            q->key_observe = xstrdup(words[i] + 8);
        else if (str_starts(words[i], "scale=") && scan_number(words[i] + 6, 1, 1000000, &n))
            q->key_scale = (int)n;
        else
            complain(r, "a key is 'key: computed program=FILE observe=NAME', perhaps with scale=N");
    }
    if (!q->key_program || !q->key_observe)
        complain(r, "a computed key names program= and observe=");
    list_free(words, count);
}

static void begin_code(struct reader *r, const char *s)
{
    char *reference = xstrdup(s);
    region_load(&r->place, str_trim(reference), &r->q->code);
    free(reference);
}

static void begin_mark(struct reader *r, const char *s)
{
    char *value = xstrdup(s);
    region_marks(&r->place, &r->q->code, str_trim(value));
    free(value);
}

static void begin_read(struct reader *r, const char *s)
{
    long n;
    if (scan_number(s + strspn(s, " "), 1, 99, &n))
        r->q->read = (int)n;
    else
        complain(r, "'read:' is the number of a step of this lesson");
}

static void begin_multi(struct reader *r, const char *s)
{
    r->multi = true;
    if (strcmp(s + strspn(s, " "), "yes") != 0)
        complain(r, "'multi:' is yes or not there");
}

static void begin_why(struct reader *r, const char *s)
{
    s += strspn(s, " ");
    if (r->q->option_count == 0 && !r->number) {
        complain(r, "an explanation stands after what it explains");
        return;
    }
    if (r->part == PART_WHY) {
        strbuf_addf(&r->text, " %s", s);
        return;
    }
    end_part(r);
    r->part = PART_WHY;
    strbuf_adds(&r->text, s);
}

/* ---- lines ---------------------------------------------------------------------- */

static void begin_right(struct reader *r, const char *s) { begin_option(r, s, true); }
static void begin_wrong(struct reader *r, const char *s) { begin_option(r, s, false); }
static void begin_line(struct reader *r, const char *s) { begin_order(r, s, true); }
static void begin_distract(struct reader *r, const char *s) { begin_order(r, s, false); }

static const struct start {
    const char *word;
    void (*begin)(struct reader *r, const char *rest);
    bool opens; /* a question */
} starts[] = {
    /* clang-format off */
    {"ask:", begin_question, true}, {"?", begin_question, true}, {"[x]", begin_right, false},
    {"[ ]", begin_wrong, false},    {"=", begin_number, false},  {"order:", begin_line, false},
    {"distract:", begin_distract, false}, {"match:", begin_match, false}, {"key:", begin_key, false},
    {"code:", begin_code, false},   {"mark:", begin_mark, false}, {"multi:", begin_multi, false},
    {"read:", begin_read, false},   {">", begin_why, false},
    /* clang-format on */
};

static const struct start *start_of(const char *line)
{
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_starts(line, starts[i].word))
            return &starts[i];
    return NULL;
}

static void start_part(struct reader *r, const struct start *start, const char *line)
{
    const char *rest = line + strlen(start->word);
    if (start->opens) {
        begin_question(r, rest + strspn(rest, " "));
        return;
    }
    if (!r->q) {
        complain(r, "a question starts with '? text' or 'ask: text'");
        return;
    }
    if (start->begin != begin_why)
        end_part(r);
    start->begin(r, rest);
}

static void continue_part(struct reader *r, const char *line)
{
    bool open = r->q && (r->part == PART_TEXT || r->part == PART_OPTION || r->part == PART_WHY);
    if (!open) {
        complain(r, "this line belongs to no question");
        return;
    }
    size_t indent = strspn(line, " ");
    strbuf_addc(&r->text, r->part == PART_TEXT ? '\n' : ' ');
    strbuf_adds(&r->text, line + (r->part == PART_TEXT && indent > 2 ? 2 : indent));
}

void questions_read(const struct field_place *place, const struct scan_file *f, size_t from,
                    size_t to, struct question *(*add)(void *arg, int line), void *arg)
{
    struct reader r = {.place = *place, .add = add, .arg = arg, .text = STRBUF_INIT};
    for (size_t i = from; i < to; i++) {
        const char *line = f->lines[i];
        const struct start *start = start_of(line);
        r.place.line = (int)i + 1;
        if (line[strspn(line, " ")] == '\0')
            end_question(&r);
        else if (start)
            start_part(&r, start, line);
        else
            continue_part(&r, line);
    }
    end_question(&r);
    strbuf_fini(&r.text);
}

void question_free(struct question *q)
{
    for (size_t i = 0; i < q->option_count; i++) {
        free(q->options[i].text);
        free(q->options[i].why);
        free(q->options[i].misconception);
    }
    free(q->options);
    free(q->text);
    free(q->why);
    free(q->key_program);
    free(q->key_observe);
    region_free(&q->code);
}

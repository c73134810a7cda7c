/* lesson: lesson.md and cards.md into steps, blocks and cards.
 *
 * Prose is kept as it stands; a fence is handed to the reader of its kind. A block belongs to the
 * step whose heading came last.
 */
#include "course/internal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

const char *step_kind_id(enum step_kind k)
{
    static const char *const ids[] = {"read", "predict", "demo", "drive", "exercise", "quiz"};
    return (size_t)k < COUNT(ids) ? ids[k] : "?";
}

static bool step_kind_parse(const char *s, size_t n, enum step_kind *ret)
{
    for (int k = STEP_READ; k <= STEP_QUIZ; k++)
        if (strlen(step_kind_id(k)) == n && memcmp(step_kind_id(k), s, n) == 0) {
            *ret = k;
            return true;
        }
    return false;
}

struct reader {
    struct field_place place;
    const struct scan_file *f;
    struct lesson *lesson;
    struct step *step;   /* the last heading's; NULL before the first */
    struct strbuf prose; /* lines of the text block being read */
    int prose_line;
};

static void complain(struct reader *r, size_t index, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void complain(struct reader *r, size_t index, const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    problem_add(r->place.l, r->place.file, (int)index + 1, "%s", b.s);
    strbuf_fini(&b);
}

/* ---- blocks --------------------------------------------------------------------- */

static struct block *add_block(struct reader *r, enum block_kind kind, int line)
{
    struct step *s = r->step;
    if (r->place.l->blocks++ >= BLOCKS_MAX) {
        if (r->place.l->blocks == BLOCKS_MAX + 1)
            problem_add(r->place.l, r->place.file, line, "a lesson has at most %d blocks",
                        BLOCKS_MAX);
        return NULL;
    }
    if ((s->block_count & (s->block_count - 1)) == 0)
        s->blocks =
            xrealloc(s->blocks, (s->block_count ? s->block_count * 2 : 1) * sizeof *s->blocks);
    struct block *b = &s->blocks[s->block_count++];
    *b = (struct block){.kind = kind, .line = line};
    return b;
}

static void end_prose(struct reader *r)
{
    char *text = strbuf_take(&r->prose), *trimmed = str_trim(text);
    struct block *b = NULL;
    if (*trimmed && r->step)
        b = add_block(r, BLOCK_TEXT, r->prose_line);
    else if (*trimmed)
        problem_add(r->place.l, r->place.file, r->prose_line, "text before the first step");
    if (b)
        b->text = xstrdup(trimmed);
    free(text);
}

/* ---- fences of key: value lines ------------------------------------------------- */

#define TEXT(name, type, member, needed)                                                           \
    {                                                                                              \
        name, FIELD_TEXT, needed, offsetof(type, member), 0, NULL                                  \
    }
#define LIST(name, kind, type, member, counter, needed)                                            \
    {                                                                                              \
        name, kind, needed, offsetof(type, member), offsetof(type, counter), NULL                  \
    }
#define OWN(name, function, needed)                                                                \
    {                                                                                              \
        name, FIELD_OWN, needed, 0, 0, function                                                    \
    }

static void read_run(const struct field_place *p, void *to, char *value)
{
    struct demo *d = to;
    size_t n = strcspn(value, " ");
    if (d->program) {
        problem_add(p->l, p->file, p->line, "'run:' is there twice");
        return;
    }
    d->program = xstrndup(value, n > 2 && memcmp(value + n - 2, ".c", 2) == 0 ? n - 2 : n);
    d->args = xstrdup(value + n + strspn(value + n, " "));
}

static void read_variant(const struct field_place *p, void *to, char *value)
{
    struct demo *d = to;
    char *part[3] = {value, NULL, NULL};
    for (int i = 1; i < 3 && part[i - 1]; i++)
        if ((part[i] = strchr(part[i - 1], '|')))
            *part[i]++ = '\0';
    if (!part[1])
        problem_add(p->l, p->file, p->line, "a variant is 'variant: label | arguments | flags'");
    d->variants = xrealloc(d->variants, (d->variant_count + 1) * sizeof *d->variants);
    d->variants[d->variant_count++] =
        (struct demo_variant){xstrdup(str_trim(part[0])), xstrdup(part[1] ? str_trim(part[1]) : ""),
                              part[2] && *str_trim(part[2]) ? xstrdup(str_trim(part[2])) : NULL};
}

static const struct field demo_fields[] = {
    OWN("run", read_run, true),
    TEXT("cflags", struct demo, cflags, false),
    TEXT("show", struct demo, show, false),
    TEXT("expect", struct demo, expect, false),
    TEXT("needs", struct demo, needs, false),
    OWN("variant", read_variant, false),
};

static void read_program(const struct field_place *p, void *to, char *value)
{
    struct drive *d = to;
    if (d->program || !*value)
        problem_add(p->l, p->file, p->line, "'program:' is empty, or there twice");
    else
        d->program = program_path(value);
}

/* "4 steps, 2 switches" */
static void read_par(const struct field_place *p, void *to, char *value)
{
    struct drive *d = to;
    int end = 0;
    bool read =
        sscanf(value, "%5d step%*1[s], %5d switch%n", &d->par_steps, &d->par_switches, &end) == 2;
    if (!read || !end || (value[end] && strcmp(value + end, "es") != 0) || d->par_steps < 0 ||
        d->par_switches < 0)
        problem_add(p->l, p->file, p->line, "par is 'N steps, N switches', not '%s'", value);
}

static void read_count(const struct field_place *p, void *to, char *value)
{
    struct drive *d = to;
    char rest;
    if (sscanf(value, "%15ld of %15ld%c", &d->of_n, &d->of_m, &rest) != 2 || d->of_n < 0 ||
        d->of_n > d->of_m) {
        problem_add(p->l, p->file, p->line, "count is 'N of M', not '%s'", value);
        d->of_n = d->of_m = -1;
    }
}

static bool is_name(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isalnum((unsigned char)s[i]) && s[i] != '_')
            return false;
    return n > 0;
}

/* "A=restock(1)": what is in parentheses is for readers of the file only. */
static void read_threads(const struct field_place *p, void *to, char *value)
{
    struct drive *d = to;
    char **list = NULL;
    size_t count = 0;
    list_split(&list, &count, value, ',');
    for (size_t i = 0; i < count; i++) {
        list[i][strcspn(list[i], "(")] = '\0';
        char *thread = str_trim(list[i]), *equals = strchr(thread, '=');
        if (!equals || !is_name(thread, (size_t)(equals - thread)) ||
            !is_name(equals + 1, strlen(equals + 1)))
            problem_add(p->l, p->file, p->line, "a thread is NAME=start_routine, not '%s'", thread);
        else
            list_add(&d->threads, &d->thread_count, thread);
    }
    list_free(list, count);
}

static const struct field drive_fields[] = {
    OWN("program", read_program, true),
    OWN("threads", read_threads, false),
    LIST("watch", FIELD_LIST, struct drive, watch, watch_count, false),
    TEXT("goal", struct drive, goal, true),
    {"impossible", FIELD_YES, false, offsetof(struct drive, impossible), 0, NULL},
    OWN("par", read_par, false),
    TEXT("sched", struct drive, sched, false),
    OWN("count", read_count, false),
    LIST("hint", FIELD_ITEM, struct drive, hints, hint_count, false),
    TEXT("after", struct drive, after, false),
    TEXT("then", struct drive, follow, false),
};

static const struct field careful_fields[] = {
    TEXT("says", struct careful, says, true),
    TEXT("exactly", struct careful, exactly, true),
    TEXT("item", struct careful, item, true),
};

static const struct field exercise_fields[] = {TEXT("use", struct block, exercise, true)};

static void read_py(const struct field_place *p, void *to, char *value)
{
    region_load(p, value, &((struct block *)to)->python);
}

static void read_c(const struct field_place *p, void *to, char *value)
{
    region_load(p, value, &((struct block *)to)->code);
}

static void read_mark(const struct field_place *p, void *to, char *value)
{
    region_marks(p, &((struct block *)to)->code, value);
}

static const struct field rosetta_fields[] = {
    OWN("py", read_py, true),
    OWN("c", read_c, true),
    OWN("mark", read_mark, false),
};

static const struct field mark_fields[] = {OWN("mark", read_mark, false)};

/* ---- the fences ----------------------------------------------------------------- */

/* Lines from..to (excluded) are inside. */
typedef void fence_reader(struct reader *r, struct block *b, size_t from, size_t to);

/* Gives strings that must be there a value, so that nobody above has to ask for NULL. */
static void settle(char **s)
{
    if (!*s)
        *s = xstrdup("");
}

static void fence_code(struct reader *r, struct block *b, size_t from, size_t to)
{
    if (from == to) {
        complain(r, from - 1, "a code block names a region: path#name");
        b->code.path = xstrdup("");
        b->code.text = xstrdup("");
        return;
    }
    char *reference = xstrdup(r->f->lines[from]);
    r->place.line = (int)from + 1;
    region_load(&r->place, reference, &b->code);
    free(reference);
    fields_read(&r->place, r->f, from + 1, to, mark_fields, COUNT(mark_fields), b);
}

static void fence_rosetta(struct reader *r, struct block *b, size_t from, size_t to)
{
    fields_read(&r->place, r->f, from, to, rosetta_fields, COUNT(rosetta_fields), b);
    settle(&b->code.path);
    settle(&b->code.text);
    settle(&b->python.path);
    settle(&b->python.text);
}

static void fence_lanes(struct reader *r, struct block *b, size_t from, size_t to)
{
    struct strbuf text = STRBUF_INIT;
    for (size_t i = from; i < to; i++)
        strbuf_addf(&text, "%s\n", r->f->lines[i]);
    b->text = strbuf_take(&text);
}

static void fence_demo(struct reader *r, struct block *b, size_t from, size_t to)
{
    fields_read(&r->place, r->f, from, to, demo_fields, COUNT(demo_fields), &b->demo);
    settle(&b->demo.program);
    settle(&b->demo.args);
}

static void fence_drive(struct reader *r, struct block *b, size_t from, size_t to)
{
    struct drive *d = &b->drive;
    d->par_steps = d->par_switches = -1;
    d->of_n = d->of_m = -1;
    fields_read(&r->place, r->f, from, to, drive_fields, COUNT(drive_fields), d);
    if (d->impossible && (d->par_steps >= 0 || d->sched))
        complain(r, from - 1, "an impossible drive has no par and no sched");
    if (!d->impossible && d->par_steps < 0)
        complain(r, from - 1, "a drive has a 'par:' or is 'impossible: yes'");
    if (!d->impossible && !d->sched)
        complain(r, from - 1, "a drive with a par has a 'sched:' that reaches it");
    settle(&d->program);
    settle(&d->goal);
}

static void fence_careful(struct reader *r, struct block *b, size_t from, size_t to)
{
    fields_read(&r->place, r->f, from, to, careful_fields, COUNT(careful_fields), &b->careful);
    settle(&b->careful.says);
    settle(&b->careful.exactly);
    settle(&b->careful.item);
}

static void fence_exercise(struct reader *r, struct block *b, size_t from, size_t to)
{
    fields_read(&r->place, r->f, from, to, exercise_fields, COUNT(exercise_fields), b);
    settle(&b->exercise);
}

static struct question *add_question(void *arg, int line)
{
    struct block *b = add_block(arg, BLOCK_QUESTION, line);
    return b ? &b->question : NULL;
}

static void fence_quiz(struct reader *r, struct block *b, size_t from, size_t to)
{
    questions_read(&r->place, r->f, from, to, add_question, r);
}

static void fence_predict(struct reader *r, struct block *b, size_t from, size_t to)
{
    size_t before = r->step->block_count;
    fence_quiz(r, b, from, to);
    if (r->step->block_count != before + 1)
        complain(r, from - 1, "a predict block holds one question");
}

static const struct fence {
    const char *word;
    enum block_kind kind;
    bool makes_blocks; /* by itself */
    fence_reader *read;
} fences[] = {
    /* clang-format off */
    {"code", BLOCK_CODE, false, fence_code},       {"rosetta", BLOCK_ROSETTA, false, fence_rosetta},
    {"lanes", BLOCK_LANES, false, fence_lanes},    {"predict", BLOCK_QUESTION, true, fence_predict},
    {"demo", BLOCK_DEMO, false, fence_demo},       {"drive", BLOCK_DRIVE, false, fence_drive},
    {"quiz", BLOCK_QUESTION, true, fence_quiz},    {"careful", BLOCK_CAREFUL, false, fence_careful},
    {"exercise", BLOCK_EXERCISE, false, fence_exercise},
    /* clang-format on */
};

static const struct fence *fence_find(const char *word)
{
    for (size_t i = 0; i < COUNT(fences); i++)
        if (strcmp(fences[i].word, word) == 0)
            return &fences[i];
    return NULL;
}

static void read_fence_inside(struct reader *r, const struct fence *fence, size_t open, size_t end)
{
    struct block *b = fence->makes_blocks ? NULL : add_block(r, fence->kind, (int)open + 1);
    if (b || fence->makes_blocks)
        fence->read(r, b, open + 1, end);
}

/* Returns the index of the line after the fence. */
static size_t read_fence(struct reader *r, size_t open)
{
    char *word = xstrdup(r->f->lines[open] + 3);
    const struct fence *fence = fence_find(str_trim(word));
    bool closed;
    size_t end = scan_fence_end(r->f, open, &closed);
    end_prose(r);
    if (!closed)
        complain(r, open, "the block '%s' is not closed by three backticks", str_trim(word));
    if (!fence)
        complain(r, open, "there is no block '%s'", str_trim(word));
    else if (!r->step)
        complain(r, open, "the block '%s' stands before the first step", fence->word);
    else
        read_fence_inside(r, fence, open, end);
    free(word);
    return closed ? end + 1 : end;
}

/* ---- headings ------------------------------------------------------------------- */

static struct step *add_step(struct reader *r, enum step_kind kind, size_t index)
{
    struct lesson *s = r->lesson;
    if (s->step_count >= STEPS_MAX) {
        if (r->step)
            problem_add(r->place.l, r->place.file, (int)index + 1, "a lesson has at most %d steps",
                        STEPS_MAX);
        return NULL;
    }
    s->steps = xrealloc(s->steps, (s->step_count + 1) * sizeof *s->steps);
    struct step *step = &s->steps[s->step_count++];
    *step = (struct step){.kind = kind, .line = (int)index + 1};
    return step;
}

static void read_attribute(struct reader *r, struct step *s, size_t index, const char *word,
                           bool first)
{
    long n;
    if (first && scan_number(word, 1, 99, &n))
        s->number = (int)n;
    else if (str_starts(word, "covers="))
        list_split(&s->covers, &s->cover_count, word + strlen("covers="), ',');
    else
        complain(r, index, "a step heading ends in {number covers=…}, not in '%s'", word);
}

static void read_attributes(struct reader *r, struct step *s, size_t index, char *inside)
{
    char **words = NULL;
    size_t count = 0;
    list_split(&words, &count, inside, ' ');
    for (size_t i = 0; i < count; i++)
        read_attribute(r, s, index, words[i], i == 0);
    list_free(words, count);
}

/* "Title {4 covers=S1-01}" */
static void read_title(struct reader *r, struct step *s, size_t index, char *rest)
{
    char *open = strrchr(rest, '{'), *close = open ? strrchr(open, '}') : NULL;
    if (close && close[1] == '\0') {
        *close = *open = '\0';
        read_attributes(r, s, index, open + 1);
    }
    s->title = xstrdup(str_trim(rest));
    if (!*s->title)
        complain(r, index, "the step has no title");
    if (s->number == 0) {
        complain(r, index, "the step has no number: {1} after the title");
        s->number = s == r->lesson->steps ? 1 : s[-1].number + 1;
    }
    s->id = xasprintf("%s.%d", r->lesson->number, s->number);
}

static void read_heading(struct reader *r, size_t index)
{
    char *copy = xstrdup(r->f->lines[index] + 3), *line = str_trim(copy);
    enum step_kind kind = STEP_READ;
    size_t n = strcspn(line, ":");
    end_prose(r);
    bool known = line[n] == ':' && step_kind_parse(line, n, &kind);
    if (!known)
        complain(r, index, "a step starts with '## kind: Title {number}', not with '%.60s'", line);
    struct step *s = add_step(r, kind, index);
    if (s)
        read_title(r, s, index, known ? line + n + 1 : line);
    r->step = s ? s : r->step;
    free(copy);
}

/* ---- the file ----------------------------------------------------------------------------------
 */

static const struct field lesson_fields[] = {
    OWN("lesson", NULL, true),
    TEXT("title", struct lesson, title, true),
    {"minutes", FIELD_NUMBER, true, offsetof(struct lesson, minutes), 0, NULL},
    LIST("needs", FIELD_LIST, struct lesson, needs, need_count, false),
    LIST("goals", FIELD_LIST, struct lesson, goals, goal_count, false),
    LIST("goal", FIELD_ITEM, struct lesson, goals, goal_count, false),
};

static void read_lesson_name(const struct field_place *p, void *to, char *value)
{
    const struct lesson *s = to;
    if (strcmp(value, s->id) != 0)
        problem_add(p->l, p->file, p->line, "the folder is '%s', not '%s'", s->id, value);
}

static void read_front_matter(struct reader *r, size_t end)
{
    struct field fields[COUNT(lesson_fields)];
    memcpy(fields, lesson_fields, sizeof fields);
    fields[0].read = read_lesson_name;
    fields_read(&r->place, r->f, 1, end, fields, COUNT(fields), r->lesson);
}

static void read_prose_line(struct reader *r, size_t index)
{
    const char *line = r->f->lines[index];
    if (r->prose.len == 0) {
        if (line[0] == '\0')
            return;
        r->prose_line = (int)index + 1;
    }
    strbuf_addf(&r->prose, "%s\n", line);
}

static void read_break(struct reader *r, size_t index)
{
    end_prose(r);
    if (r->step)
        add_block(r, BLOCK_BREAK, (int)index + 1);
    else
        complain(r, index, "a page break before the first step");
}

static void read_body(struct reader *r, size_t start)
{
    for (size_t i = start; i < r->f->count;) {
        const char *line = r->f->lines[i];
        if (str_starts(line, "```")) {
            i = read_fence(r, i);
            continue;
        }
        if (str_starts(line, "## "))
            read_heading(r, i);
        else if (strcmp(line, "---") == 0)
            read_break(r, i);
        else
            read_prose_line(r, i);
        i++;
    }
    end_prose(r);
}

static void read_lesson(struct loader *l, struct lesson *s, const char *dir)
{
    char *path = path_join(dir, "lesson.md");
    struct scan_file *f = scan_load(l, path, LESSON_BYTES);
    if (f) {
        struct reader r = {{l, path, 0, dir}, f, s, NULL, STRBUF_INIT, 0};
        size_t end, start = scan_front_matter(l, f, &end);
        if (end)
            read_front_matter(&r, end);
        read_body(&r, start);
        strbuf_fini(&r.prose);
        if (s->step_count == 0)
            problem_add(l, path, 0, "has no steps");
    }
    scan_free(f);
    free(path);
}

/* ---- cards -------------------------------------------------------------------------------------
 */

static void append_line(char **to, const char *line)
{
    char *joined = *to ? xasprintf("%s\n%s", *to, line) : xstrdup(line);
    free(*to);
    *to = joined;
}

static void end_card(struct loader *l, struct lesson *s, const struct scan_file *f, size_t line,
                     struct card *card)
{
    if (card->front && card->back) {
        s->cards = xrealloc(s->cards, (s->card_count + 1) * sizeof *s->cards);
        s->cards[s->card_count++] = *card;
    } else if (card->front || card->back) {
        problem_add(l, f->file, (int)line, "a card is a question, then '> ' and its answer");
        free(card->front);
        free(card->back);
    }
    *card = (struct card){NULL, NULL};
}

static void read_card_lines(struct loader *l, struct lesson *s, const struct scan_file *f)
{
    struct card card = {NULL, NULL};
    size_t lines = 0;
    for (size_t i = 0; i < f->count && s->card_count < CARDS_MAX; i++) {
        const char *line = f->lines[i];
        if (i == 0 && *line == '#')
            continue;
        if (line[strspn(line, " ")] == '\0') {
            end_card(l, s, f, i, &card);
            lines = 0;
        } else if (++lines > 20) {
            problem_add(l, f->file, (int)i + 1, "a card has at most 20 lines");
            break;
        } else if (*line == '>') {
            append_line(&card.back, line + 1 + strspn(line + 1, " "));
        } else {
            append_line(&card.front, line);
        }
    }
    end_card(l, s, f, f->count, &card);
    if (s->card_count >= CARDS_MAX)
        problem_add(l, f->file, 0, "a lesson has fewer than %d cards", CARDS_MAX);
}

static void read_cards(struct loader *l, struct lesson *s, const char *dir)
{
    char *path = path_join(dir, "cards.md"), *absolute = path_join(l->course->root, path);
    if (path_is_file(absolute)) {
        struct scan_file *f = scan_load(l, path, LESSON_BYTES);
        if (f)
            read_card_lines(l, s, f);
        scan_free(f);
    }
    free(absolute);
    free(path);
}

/* ---- exercises, in the order the steps use them --------------------------------- */

static bool has_exercise(const struct lesson *s, const char *name)
{
    for (size_t i = 0; i < s->exercise_count; i++)
        if (strcmp(s->exercises[i].name, name) == 0)
            return true;
    return false;
}

static void add_exercise(struct loader *l, struct lesson *s, const char *name)
{
    if (has_exercise(s, name) || s->exercise_count >= EXERCISES_MAX)
        return;
    s->exercises = xrealloc(s->exercises, (s->exercise_count + 1) * sizeof *s->exercises);
    exercise_load(l, s->id, name, &s->exercises[s->exercise_count++]);
}

static void add_used_exercises(struct loader *l, struct lesson *s, const char *dir)
{
    char *file = path_join(dir, "lesson.md");
    for (size_t i = 0; i < s->step_count; i++)
        for (size_t k = 0; k < s->steps[i].block_count; k++) {
            const struct block *b = &s->steps[i].blocks[k];
            if (b->kind != BLOCK_EXERCISE || !*b->exercise)
                continue;
            char *path = slug_is_valid(b->exercise)
                             ? xasprintf("%s/exercises/%s/%s", l->course->root, s->id, b->exercise)
                             : xstrdup("");
            if (path_is_dir(path))
                add_exercise(l, s, b->exercise);
            else
                problem_add(l, file, b->line, "there is no exercise '%s'", b->exercise);
            free(path);
        }
    free(file);
}

/* Those that no step uses come last, so that they can still be checked. */
static void add_other_exercises(struct loader *l, struct lesson *s)
{
    char *dir = xasprintf("%s/exercises/%s", l->course->root, s->id);
    size_t count = 0;
    char **names = path_is_dir(dir) ? dir_list(dir, &count, NULL) : NULL;
    for (size_t i = 0; names && i < count; i++) {
        char *path = path_join(dir, names[i]);
        if (slug_is_valid(names[i]) && path_is_dir(path) && !has_exercise(s, names[i])) {
            char *relative = xasprintf("exercises/%s/%s", s->id, names[i]);
            problem_add(l, relative, 0, "no step uses this exercise");
            free(relative);
            add_exercise(l, s, names[i]);
        }
        free(path);
    }
    if (names)
        list_free(names, count);
    free(dir);
}

void lesson_load(struct loader *l, const char *name, struct lesson *s)
{
    char *dir = path_join("lessons", name);
    *s = (struct lesson){
        .id = xstrdup(name), .number = xstrndup(name, 2), .dir = path_join(l->course->root, dir)};
    l->blocks = 0;
    read_lesson(l, s, dir);
    if (!s->title)
        s->title = xstrdup(name);
    read_cards(l, s, dir);
    add_used_exercises(l, s, dir);
    add_other_exercises(l, s);
    loader_forget(l);
    free(dir);
}

/* ---- the end -------------------------------------------------------------------- */

static void demo_free(struct demo *d)
{
    fields_free(demo_fields, COUNT(demo_fields), d);
    free(d->program);
    free(d->args);
    for (size_t i = 0; i < d->variant_count; i++) {
        free(d->variants[i].label);
        free(d->variants[i].args);
        free(d->variants[i].cflags);
    }
    free(d->variants);
}

static void block_free(struct block *b)
{
    free(b->text);
    free(b->exercise);
    region_free(&b->code);
    region_free(&b->python);
    question_free(&b->question);
    demo_free(&b->demo);
    fields_free(drive_fields, COUNT(drive_fields), &b->drive);
    list_free(b->drive.threads, b->drive.thread_count);
    free(b->drive.program);
    fields_free(careful_fields, COUNT(careful_fields), &b->careful);
}

static void step_free(struct step *s)
{
    for (size_t i = 0; i < s->block_count; i++)
        block_free(&s->blocks[i]);
    free(s->blocks);
    list_free(s->covers, s->cover_count);
    free(s->id);
    free(s->title);
}

void lesson_free(struct lesson *s)
{
    for (size_t i = 0; i < s->step_count; i++)
        step_free(&s->steps[i]);
    for (size_t i = 0; i < s->exercise_count; i++)
        exercise_free(&s->exercises[i]);
    for (size_t i = 0; i < s->card_count; i++) {
        free(s->cards[i].front);
        free(s->cards[i].back);
    }
    free(s->steps);
    free(s->exercises);
    free(s->cards);
    list_free(s->needs, s->need_count);
    list_free(s->goals, s->goal_count);
    free(s->title);
    free(s->id);
    free(s->number);
    free(s->dir);
}

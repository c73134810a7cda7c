/* lesson: lesson.md into steps and blocks.
 *
 * Prose is kept as it stands; a fence is handed to the reader of its kind. A block belongs to the
 * step whose heading came last.
 */
#include "course/fence.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

void reader_complain(struct reader *r, size_t index, const char *fmt, ...)
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

struct block *reader_add_block(struct reader *r, enum block_kind kind, int line)
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
        b = reader_add_block(r, BLOCK_TEXT, r->prose_line);
    else if (*trimmed)
        problem_add(r->place.l, r->place.file, r->prose_line, "text before the first step");
    if (b)
        b->text = xstrdup(trimmed);
    free(text);
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
        reader_complain(r, open, "the block '%s' is not closed by three backticks", str_trim(word));
    if (!fence)
        reader_complain(r, open, "there is no block '%s'", str_trim(word));
    else if (!r->step)
        reader_complain(r, open, "the block '%s' stands before the first step", fence_word(fence));
    else
        fence_read(r, fence, open, end);
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
        reader_complain(r, index, "a step heading ends in {number covers=…}, not in '%s'", word);
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
        reader_complain(r, index, "the step has no title");
    if (s->number == 0) {
        reader_complain(r, index, "the step has no number: {1} after the title");
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
        reader_complain(r, index, "a step starts with '## kind: Title {number}', not with '%.60s'",
                        line);
    struct step *s = add_step(r, kind, index);
    if (s)
        read_title(r, s, index, known ? line + n + 1 : line);
    r->step = s ? s : r->step;
    free(copy);
}

/* ---- the file ----------------------------------------------------------------------------------
 */

static void read_check(const struct field_place *p, void *to, char *value)
{
    struct lesson *s = to;
    if (strcmp(value, "entry") == 0)
        s->check = CHECK_ENTRY;
    else if (strcmp(value, "inventory") == 0)
        s->check = CHECK_INVENTORY;
    else
        problem_add(p->l, p->file, p->line, "'check:' is entry or inventory, not '%s'", value);
}

static const struct field lesson_fields[] = {
    OWN("lesson", NULL, true),
    TEXT("title", struct lesson, title, true),
    {"minutes", FIELD_NUMBER, true, offsetof(struct lesson, minutes), 0, NULL},
    LIST("needs", FIELD_LIST, struct lesson, needs, need_count, false),
    LIST("goals", FIELD_LIST, struct lesson, goals, goal_count, false),
    LIST("goal", FIELD_ITEM, struct lesson, goals, goal_count, false),
    OWN("check", read_check, false),
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
        reader_add_block(r, BLOCK_BREAK, (int)index + 1);
    else
        reader_complain(r, index, "a page break before the first step");
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
    cards_load(l, s, dir);
    add_used_exercises(l, s, dir);
    add_other_exercises(l, s);
    loader_forget(l);
    free(dir);
}

/* ---- the end -------------------------------------------------------------------- */

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

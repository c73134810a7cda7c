/* fence: the fenced blocks of a lesson, each by the reader of its kind.
 *
 * A block that stands is whole: what its fence left out has an empty value, and a problem of the
 * course says so.
 */
#include "course/fence.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- fences of key: value lines ------------------------------------------------- */

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

/* NULL where nothing, or an empty part, was given. */
static char *given(char *part)
{
    return part && *str_trim(part) ? xstrdup(str_trim(part)) : NULL;
}

static void read_variant(const struct field_place *p, void *to, char *value)
{
    struct demo *d = to;
    char *part[4] = {value, NULL, NULL, NULL};
    for (int i = 1; i < 4 && part[i - 1]; i++)
        if ((part[i] = strchr(part[i - 1], '|')))
            *part[i]++ = '\0';
    if (!part[1])
        problem_add(p->l, p->file, p->line, "a variant is 'variant: label | arguments | flags | recorded run'");
    d->variants = xrealloc(d->variants, (d->variant_count + 1) * sizeof *d->variants);
    d->variants[d->variant_count++] =
        (struct demo_variant){xstrdup(str_trim(part[0])), xstrdup(part[1] ? str_trim(part[1]) : ""),
                              given(part[2]), given(part[3])};
}

static const struct field demo_fields[] = {
    OWN("run", read_run, true),
    TEXT("cflags", struct demo, cflags, false),
    TEXT("show", struct demo, show, false),
    TEXT("expect", struct demo, expect, false),
    TEXT("needs", struct demo, needs, false),
    TEXT("recorded", struct demo, recorded, false),
    TEXT("drive", struct demo, drive, false),
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
    {"spurious", FIELD_NUMBER, false, offsetof(struct drive, spurious), 0, NULL},
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
        reader_complain(r, from - 1, "a code block names a region: path#name");
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
        reader_complain(r, from - 1, "an impossible drive has no par and no sched");
    if (!d->impossible && d->par_steps < 0)
        reader_complain(r, from - 1, "a drive has a 'par:' or is 'impossible: yes'");
    if (!d->impossible && !d->sched)
        reader_complain(r, from - 1, "a drive with a par has a 'sched:' that reaches it");
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
    struct block *b = reader_add_block(arg, BLOCK_QUESTION, line);
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
        reader_complain(r, from - 1, "a predict block holds one question");
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

const struct fence *fence_find(const char *word)
{
    for (size_t i = 0; i < COUNT(fences); i++)
        if (strcmp(fences[i].word, word) == 0)
            return &fences[i];
    return NULL;
}

void fence_read(struct reader *r, const struct fence *fence, size_t open, size_t end)
{
    struct block *b = fence->makes_blocks ? NULL : reader_add_block(r, fence->kind, (int)open + 1);
    if (b || fence->makes_blocks)
        fence->read(r, b, open + 1, end);
}

const char *fence_word(const struct fence *fence) { return fence->word; }

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
        free(d->variants[i].recorded);
    }
    free(d->variants);
}

void block_free(struct block *b)
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

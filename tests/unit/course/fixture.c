#include "fixture.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- scratch -------------------------------------------------------------------- */

/* Without syncing: thousands of files. */
static void write_plainly(const char *path, const char *bytes, size_t n)
{
    FILE *f = fopen(path, "w");
    if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
        abort();
}

static void copy_tree(const char *from, const char *to)
{
    size_t count = 0;
    char **names = dir_list(from, &count, NULL);
    if (mkdir(to, 0777) != 0 || !names)
        abort();
    for (size_t i = 0; i < count; i++) {
        char *a = path_join(from, names[i]), *b = path_join(to, names[i]);
        size_t n;
        char *bytes = path_is_dir(a) ? NULL : file_read(a, (size_t)1 << 20, &n, NULL);
        if (!bytes)
            copy_tree(a, b);
        else
            write_plainly(b, bytes, n);
        free(bytes);
        free(a);
        free(b);
        free(names[i]);
    }
    free(names);
}

char *scratch_new(void)
{
    const char *tmp = getenv("TMPDIR");
    char *parent = xasprintf("%s/threadmill-course-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(parent))
        abort();
    char *root = path_join(parent, "course");
    copy_tree(GOOD, root);
    free(parent);
    return root;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    return remove(path);
}

void scratch_free(char *root)
{
    char *parent = path_dirname(root);
    nftw(parent, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(parent);
    free(root);
}

char *scratch_read(const char *root, const char *path)
{
    char *full = path_join(root, path), *text = file_read(full, (size_t)1 << 22, NULL, NULL);
    free(full);
    if (!text)
        abort();
    return text;
}

void scratch_write(const char *root, const char *path, const char *bytes, size_t n)
{
    char *full = path_join(root, path);
    write_plainly(full, bytes, n);
    free(full);
}

void scratch_delete(const char *root, const char *path)
{
    char *full = path_join(root, path);
    if (nftw(full, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0)
        abort();
    free(full);
}

/* ---- dump ----------------------------------------------------------------------- */

static void text(struct strbuf *b, const char *key, const char *value)
{
    if (!value)
        return;
    strbuf_addf(b, "%s: ", key);
    for (; *value; value++)
        if (*value == '\n')
            strbuf_adds(b, "\\n");
        else
            strbuf_addc(b, *value);
    strbuf_addc(b, '\n');
}

static void list(struct strbuf *b, const char *key, char **items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text(b, key, items[i]);
}

static void region(struct strbuf *b, const char *key, const struct region *r)
{
    if (!r->path)
        return;
    strbuf_addf(b, "%s: %s#%s from %d\n", key, r->path, r->name ? r->name : "", r->first_line);
    const char *s = r->text;
    for (int i = 0; i < r->line_count; i++) {
        size_t n = strcspn(s, "\n");
        strbuf_addf(b, "  %d/%d|%.*s\n", r->lines[i], r->tags[i], (int)n, s);
        s += n + (s[n] == '\n');
    }
    for (int i = 0; i < r->mark_count; i++)
        strbuf_addf(b, "  mark %d\n", r->marks[i]);
    if (*s)
        strbuf_adds(b, "  LEFT OVER\n");
}

static void question(struct strbuf *b, const struct question *q)
{
    static const char *const kinds[] = {"choice", "multi", "number", "order", "match"};
    strbuf_addf(b, "question %s at %d, number %g, scale %d\n", kinds[q->kind], q->line, q->number,
                q->key_scale);
    text(b, " text", q->text);
    region(b, " code", &q->code);
    for (size_t i = 0; i < q->option_count; i++) {
        text(b, q->options[i].right ? " [x]" : " [ ]", q->options[i].text);
        text(b, "  why", q->options[i].why);
        text(b, "  misconception", q->options[i].misconception);
    }
    text(b, " why", q->why);
    text(b, " program", q->key_program);
    text(b, " observe", q->key_observe);
}

static void demo(struct strbuf *b, const struct demo *d)
{
    text(b, "demo", d->program);
    text(b, " args", d->args);
    text(b, " cflags", d->cflags);
    text(b, " show", d->show);
    text(b, " expect", d->expect);
    text(b, " needs", d->needs);
    text(b, " recorded", d->recorded);
    text(b, " drive", d->drive);
    for (size_t i = 0; i < d->variant_count; i++) {
        text(b, " variant", d->variants[i].label);
        text(b, "  args", d->variants[i].args);
        text(b, "  cflags", d->variants[i].cflags);
        text(b, "  recorded", d->variants[i].recorded);
    }
}

static void drive(struct strbuf *b, const struct drive *d)
{
    text(b, "drive", d->program);
    list(b, " thread", d->threads, d->thread_count);
    list(b, " watch", d->watch, d->watch_count);
    text(b, " goal", d->goal);
    strbuf_addf(b, " impossible %d, spurious %d, par %d %d, of %ld %ld\n", d->impossible, d->spurious,
                d->par_steps, d->par_switches, d->of_n, d->of_m);
    text(b, " sched", d->sched);
    list(b, " hint", d->hints, d->hint_count);
    text(b, " after", d->after);
    text(b, " then", d->follow);
}

static void block(struct strbuf *b, const struct block *k)
{
    switch (k->kind) {
    /* clang-format off */
    case BLOCK_TEXT: text(b, "text", k->text); break;
    case BLOCK_CODE: region(b, "code", &k->code); break;
    case BLOCK_ROSETTA:
        region(b, "py", &k->python);
        region(b, "c", &k->code);
        break;
    case BLOCK_LANES: text(b, "lanes", k->text); break;
    case BLOCK_QUESTION: question(b, &k->question); break;
    case BLOCK_DEMO: demo(b, &k->demo); break;
    case BLOCK_DRIVE: drive(b, &k->drive); break;
    case BLOCK_CAREFUL:
        text(b, "says", k->careful.says);
        text(b, "exactly", k->careful.exactly);
        text(b, "item", k->careful.item);
        break;
    case BLOCK_EXERCISE: text(b, "use", k->exercise); break;
    case BLOCK_BREAK: strbuf_adds(b, "break\n"); break;
    }
    /* clang-format on */
}

static void exercise(struct strbuf *b, const struct course *c, const struct exercise *x)
{
    size_t root = strlen(c->root) + 1;
    text(b, "exercise", x->id);
    strbuf_addf(b, " %s, class %s, %d minutes, edit %s, %d lines, starter %s, header %s\n",
                x->dir + root, x->class_, x->minutes, x->edit, x->solution_lines,
                x->starter_verdict, x->header ? x->header : "none");
    list(b, " misconception", x->misconceptions, x->misconception_count);
    list(b, " forbid", x->forbid, x->forbid_count);
    list(b, " file", x->files, x->file_count);
    text(b, " statement", x->statement);
    for (size_t i = 0; i < x->hint_count; i++) {
        text(b, x->hints[i].arrange ? " arrange" : " hint", x->hints[i].text);
        list(b, "  line", x->hints[i].lines, x->hints[i].line_count);
        list(b, "  distract", x->hints[i].distract, x->hints[i].distract_count);
    }
    text(b, " solution", x->solution + root);
    for (size_t i = 0; i < x->mutant_count; i++) {
        const struct mutant *m = &x->mutants[i];
        text(b, m->ok ? " ok" : " mutant", m->name);
        text(b, "  path", m->path + root);
        text(b, "  title", m->title);
        text(b, "  verdict", m->verdict);
        text(b, "  scenario", m->scenario);
        text(b, "  message", m->message);
        text(b, "  belief", m->belief);
    }
}

static void lesson(struct strbuf *b, const struct course *c, const struct lesson *s)
{
    strbuf_addf(b, "\nlesson %s = %s, %d minutes: %s\n", s->id, s->number, s->minutes, s->title);
    list(b, "needs", s->needs, s->need_count);
    list(b, "goal", s->goals, s->goal_count);
    for (size_t i = 0; i < s->step_count; i++) {
        const struct step *t = &s->steps[i];
        strbuf_addf(b, "\nstep %s %s at %d: %s\n", t->id, step_kind_id(t->kind), t->line, t->title);
        list(b, "covers", t->covers, t->cover_count);
        for (size_t k = 0; k < t->block_count; k++)
            block(b, &t->blocks[k]);
    }
    strbuf_addc(b, '\n');
    for (size_t i = 0; i < s->exercise_count; i++)
        exercise(b, c, &s->exercises[i]);
    for (size_t i = 0; i < s->card_count; i++) {
        text(b, "card", s->cards[i].front);
        text(b, " back", s->cards[i].back);
    }
}

char *course_dump(const struct course *c)
{
    struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < c->lesson_count; i++)
        lesson(&b, c, &c->lessons[i]);
    for (size_t i = 0; i < c->check_count; i++) {
        strbuf_addf(&b, "\ncheck %d", (int)c->checks[i].check);
        lesson(&b, c, &c->checks[i]);
    }
    strbuf_addc(&b, '\n');
    for (size_t i = 0; i < c->coverage_count; i++) {
        strbuf_addf(&b, "item %s %s: %s\n", c->coverage[i].item,
                    c->coverage[i].taught ? "taught" : "missing", c->coverage[i].topic);
        list(&b, " step", c->coverage[i].steps, c->coverage[i].step_count);
    }
    for (size_t i = 0; i < c->path_count; i++) {
        text(&b, c->paths[i].id, c->paths[i].title);
        list(&b, " lesson", c->paths[i].lessons, c->paths[i].lesson_count);
    }
    for (size_t i = 0; i < c->belief_count; i++)
        text(&b, c->beliefs[i].id, c->beliefs[i].text);
    return strbuf_take(&b);
}

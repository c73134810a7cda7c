/* lint_promises: lessons/coverage.txt says what the course promises; which of it does no step teach
 * yet? (That a step and the file contradict each other is found by the static half.)
 */
#include "app/lint.h"

#include <stdlib.h>
#include <string.h>

static bool step_covers(const struct step *s, const char *item)
{
    for (size_t i = 0; i < s->cover_count; i++)
        if (strcmp(s->covers[i], item) == 0)
            return true;
    for (size_t i = 0; i < s->block_count; i++)
        if (s->blocks[i].kind == BLOCK_CAREFUL && s->blocks[i].careful.item &&
            strcmp(s->blocks[i].careful.item, item) == 0)
            return true;
    return false;
}

static bool covered(const struct course *c, const char *item)
{
    for (size_t i = 0; i < c->lesson_count; i++)
        for (size_t k = 0; k < c->lessons[i].step_count; k++)
            if (step_covers(&c->lessons[i].steps[k], item))
                return true;
    return false;
}

static void look_at_row(struct lint *l, char *line)
{
    char *bar = strchr(line, '|');
    if (bar)
        *bar = '\0';
    char *item = str_trim(line);
    /* Misconceptions are listed there too; they are met in questions and mutants, not in steps. */
    if (!*item || *item == '#' || *item == 'M')
        return;
    l->items++;
    if (covered(l->course, item))
        return;
    ARRAY_GROW(l->missing, l->missing_count, l->missing_cap);
    l->missing[l->missing_count++] = xstrdup(item);
}

void lint_promises(struct lint *l)
{
    char *path = path_join(l->course->root, "lessons/coverage.txt"), *save = NULL;
    char *text = file_read(path, 4 << 20, NULL, NULL);
    for (char *line = text ? strtok_r(text, "\n", &save) : NULL; line;
         line = strtok_r(NULL, "\n", &save))
        look_at_row(l, line);
    free(text);
    free(path);
}

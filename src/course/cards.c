/* cards: cards.md, the recall cards of a lesson: a question, and behind `>` its answer. */
#include "course/internal.h"

#include <stdlib.h>
#include <string.h>

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

void cards_load(struct loader *l, struct lesson *s, const char *dir)
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

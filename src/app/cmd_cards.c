/* cards: recall cards line by line: the plain twin of the cards screen. Every answer is saved
 * before the next card is shown.
 */
#include "app/cmd.h"

#include <jansson.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page/page.h"
#include "session/recall.h"

static void print_side(const char *text)
{
    struct page p = PAGE_INIT;

    page_markdown(&p, text, PAGE_WIDTH, PAGE_MARKS);
    char *plain = page_plain(&p, strcmp(nl_langinfo(CODESET), "UTF-8") != 0);
    out_text(plain);
    free(plain);
    page_fini(&p);
}

/* One line from standard input; false at its end. */
static bool read_line(char line[16])
{
    size_t n = 0;
    int ch;

    fflush(stdout);
    while ((ch = getchar()) != EOF && ch != '\n')
        if (n + 1 < 16)
            line[n++] = (char)ch;
    line[n] = '\0';
    return ch != EOF;
}

/* 'y', 'n', or 0 at the end of the input. */
static char read_answer(void)
{
    char line[16];

    for (;;) {
        out_text("Did you know it? y or n: ");
        if (!read_line(line))
            return 0;
        if (*line == 'y' || *line == 'Y')
            return 'y';
        if (*line == 'n' || *line == 'N')
            return 'n';
    }
}

/* False when the learner stops, or `e` says why it could not be saved. */
static bool ask(struct app *app, struct recall_card *c, long day, struct err *e)
{
    char line[16], date[16];

    out_format("\n%s %s\n\n", c->lesson->number, c->lesson->title);
    print_side(c->card->front);
    out_text("\nSay it to yourself, then Enter: ");
    if (!read_line(line))
        return false;
    out_text("\n");
    print_side(c->card->back);
    out_text("\n");
    char answer = read_answer();
    if (!answer)
        return false;
    recall_answer(app_progress(app), c, answer == 'y', day);
    if (!app_workspace_ready(app, e) || !progress_save(app_progress(app), e))
        return false;
    recall_day_text(c->due, date);
    out_format("It comes again on %s.\n", date);
    return true;
}

static void cards_json(const struct recall_card *cards, size_t count, size_t due)
{
    json_t *all = json_array();

    for (size_t i = 0; i < count; i++) {
        char date[16] = "";
        if (cards[i].box > 0)
            recall_day_text(cards[i].due, date);
        json_array_append_new(all,
                              json_pack("{s:s, s:s, s:s, s:i, s:s*, s:b}", "lesson",
                                        cards[i].lesson->id, "front", cards[i].card->front, "back",
                                        cards[i].card->back, "box", cards[i].box, "due",
                                        cards[i].box > 0 ? date : NULL, "due_today", i < due));
    }
    json_t *top = json_pack("{s:I, s:o}", "due", (json_int_t)due, "cards", all);
    char *text = json_dumps(top, JSON_COMPACT);
    out_format("%s\n", text);
    free(text);
    json_decref(top);
}

static void print_end(const struct recall_card *cards, size_t count, size_t due)
{
    char date[16];

    if (count == 0)
        out_text("No cards are in play yet: a lesson's cards are when its last step is done.\n");
    else if (due < count) {
        recall_day_text(cards[due].due, date);
        out_format("No card is due today; the next on %s.\n", date);
    }
}

int cmd_cards(struct app *app, int argc, char **argv)
{
    bool json = false;
    const struct opt opts[] = {{"json", OPT_FLAG, &json}};
    struct args a;
    struct err e = {0};
    size_t count = 0, asked = 0;

    if (!opt_parse(argc, argv, opts, 1, 0, 0, &a, &e))
        return opt_fail("cards", &e);
    const struct course *c = app_course(app);
    if (!c)
        return EXIT_UNJUDGED;
    long day = app_today();
    struct recall_card *cards = recall_cards(c, app_progress(app), &count);
    size_t due = recall_due(cards, count, day);
    if (json) {
        cards_json(cards, count, due);
    } else if (due == 0) {
        print_end(cards, count, due);
    } else {
        out_format("%zu card%s due.\n", due, due == 1 ? "" : "s");
        while (asked < due && ask(app, &cards[asked], day, &e))
            asked++;
        out_format("\n%zu of %zu asked.\n", asked, due);
    }
    free(cards);
    return e.msg[0] ? app_fail("cards: %s", e.msg) : EXIT_HOLDS;
}

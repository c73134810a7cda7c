/* recall, beliefs, checks, paths and search: what follows from a course, a progress and a day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session/beliefs.h"
#include "session/checks.h"
#include "session/recall.h"
#include "session/search.h"

static struct course *course;
static struct progress *progress;

static int setup(void **state)
{
    struct err e = {0};

    (void)state;
    course = course_load(COURSE, &e);
    progress = progress_load("/nonexistent");
    return course ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    course_free(course);
    progress_free(progress);
    return 0;
}

/* ---- days ------------------------------------------------------------------ */

static void days_are_dates(void **state)
{
    static const struct {
        const char *date;
        long day;
    } known[] = {{"1970-01-01", 0},     {"1970-03-01", 59},    {"2000-02-29", 11016},
                 {"2000-03-01", 11017}, {"2024-12-31", 20088}, {"2026-11-20", 20777}};
    char text[16];

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_int_equal(recall_day_parse(known[i].date), known[i].day);
        recall_day_text(known[i].day, text);
        assert_string_equal(text, known[i].date);
    }
    for (long day = 0; day < 60000; day++) {
        recall_day_text(day, text);
        assert_int_equal(recall_day_parse(text), day);
    }
}

static void what_is_no_date(void **state)
{
    static const char *const wrong[] = {"",           "2026",       "2026-02-30", "2026-13-01",
                                        "2026-00-10", "1969-12-31", "2025-02-29", "x"};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(recall_day_parse(wrong[i]), -1);
}

/* ---- cards ----------------------------------------------------------------- */

static struct recall_card *cards(size_t *count) { return recall_cards(course, progress, count); }

static void cards_come_with_the_last_step(void **state)
{
    size_t count;

    (void)state;
    free(cards(&count));
    assert_int_equal(count, 0);
    progress_step_done(progress, "01.1");
    free(cards(&count));
    assert_int_equal(count, 0);
    progress_step_done(progress, "01.6");
    free(cards(&count));
    assert_int_equal(count, 3);
}

static void lessons_take_turns(void **state)
{
    size_t count;

    (void)state;
    progress_step_done(progress, "01.6");
    progress_step_done(progress, "02.1");
    struct recall_card *c = cards(&count);
    assert_int_equal(count, 6);
    assert_int_equal(recall_due(c, count, 20000), 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(c[i].lesson->number, i % 2 ? "02" : "01");
    free(c);
}

/* The card with that front, as it stands now. */
static struct recall_card card_of(const struct card *card)
{
    size_t count;
    struct recall_card *all = cards(&count), found = {0};

    for (size_t i = 0; i < count; i++)
        if (all[i].card == card)
            found = all[i];
    free(all);
    return found;
}

static void a_known_card_moves_on(void **state)
{
    static const int days[] = {1, 3, 7, 21, 21};
    const struct card *card = &course->lessons[1].cards[0];
    long day = 20777;

    (void)state;
    progress_step_done(progress, "02.1");
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct recall_card c = card_of(card);
        assert_true(c.due <= day);
        recall_answer(progress, &c, true, day);
        assert_int_equal(card_of(card).due, day + days[i]);
        day += days[i];
    }
    struct recall_card c = card_of(card);
    recall_answer(progress, &c, false, day);
    assert_int_equal(card_of(card).due, day + 1);
    assert_int_equal(card_of(card).box, 1);
}

static void only_what_is_due_comes_first(void **state)
{
    size_t count;

    (void)state;
    progress_step_done(progress, "02.1");
    struct recall_card *c = cards(&count);
    recall_answer(progress, &c[0], true, 20777);
    free(c);
    c = cards(&count);
    assert_int_equal(recall_due(c, count, 20777), 2);
    assert_int_equal(recall_due(c, count, 20778), 3);
    free(c);
}

static void facts_that_are_none_are_new_cards(void **state)
{
    static const char *const wrong[] = {"", "9 2026-11-20", "0 2026-11-20", "2", "2 soon"};
    const struct card *card = &course->lessons[1].cards[0];

    (void)state;
    progress_step_done(progress, "02.1");
    struct recall_card c = card_of(card);
    recall_answer(progress, &c, true, 20777);
    const char *subject = NULL;
    for (size_t i = 0; i < progress->count; i++)
        if (strcmp(progress->facts[i].kind, "card") == 0)
            subject = progress->facts[i].subject;
    assert_non_null(subject);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        progress_set(progress, "card", subject, wrong[i]);
        assert_int_equal(card_of(card).box, 0);
    }
}

/* ---- beliefs --------------------------------------------------------------- */

static const struct question *question(const char *step, size_t n)
{
    const struct step *st = course_step(course, step, NULL, NULL);

    for (size_t i = 0; i < st->block_count; i++)
        if (st->blocks[i].kind == BLOCK_QUESTION && n-- == 0)
            return &st->blocks[i].question;
    return NULL;
}

static void answers_tell_beliefs(void **state)
{
    const struct question *q = question("01.2", 0);
    const bool wrong[] = {true, true, true}, right[] = {true, true, false};

    (void)state;
    assert_int_equal(beliefs_get(progress, "M04").held, 0);
    beliefs_answer(progress, q, wrong, false);
    assert_int_equal(beliefs_get(progress, "M04").held, 1);
    assert_false(beliefs_get(progress, "M04").last_right);
    beliefs_answer(progress, q, right, true);
    struct belief_record r = beliefs_get(progress, "M04");
    assert_int_equal(r.held, 1);
    assert_int_equal(r.right, 1);
    assert_true(r.last_right);
}

/* Not choosing the wrong option is no merit while the answer is wrong for another reason. */
static void half_right_proves_nothing(void **state)
{
    const bool half[] = {true, false, false};

    (void)state;
    beliefs_answer(progress, question("01.2", 0), half, false);
    assert_int_equal(beliefs_get(progress, "M04").held, 0);
    assert_int_equal(beliefs_get(progress, "M04").right, 0);
}

/* ---- checks ---------------------------------------------------------------- */

static void the_inventory_is_taken_twice(void **state)
{
    const struct lesson *l = course_check(course, CHECK_INVENTORY);

    (void)state;
    assert_string_equal(check_kind(progress, l), "before");
    progress_set(progress, "before", "99.1/1", "0");
    progress_set(progress, "before", "99.1/2", "0");
    assert_string_equal(check_kind(progress, l), "before");
    progress_set(progress, "before", "99.1/3", "nonsense");
    assert_string_equal(check_kind(progress, l), "before");
    progress_set(progress, "before", "99.1/3", "0");
    assert_string_equal(check_kind(progress, l), "after");
    struct check_score s = check_score(progress, l, "before");
    assert_int_equal(s.answered, 3);
    assert_int_equal(s.right, 2);
    assert_int_equal(check_score(progress, l, "after").answered, 0);
    assert_string_equal(check_kind(progress, course_check(course, CHECK_ENTRY)), "answer");
}

static void paths_leave_lessons_out(void **state)
{
    (void)state;
    assert_null(path_chosen(course, progress));
    assert_true(path_includes(NULL, &course->lessons[1]));
    path_choose(progress, course_path(course, "short"));
    assert_true(path_includes(path_chosen(course, progress), &course->lessons[0]));
    assert_false(path_includes(path_chosen(course, progress), &course->lessons[1]));
    path_choose(progress, NULL);
    assert_null(path_chosen(course, progress));
}

/* ---- search ---------------------------------------------------------------- */

static size_t found(const char *words, struct search_hit **ret)
{
    size_t count;

    *ret = search_course(course, words, &count);
    return count;
}

static void titles_come_before_text(void **state)
{
    struct search_hit *hits;
    size_t n = found("LOSE", &hits);

    (void)state;
    assert_true(n >= 2);
    assert_string_equal(hits[0].step->id, "01.3");
    assert_null(hits[0].snippet);
    assert_non_null(hits[1].snippet);
    search_free(hits, n);
}

static void every_word_must_be_there(void **state)
{
    struct search_hit *hits;
    size_t n = found("stopped between", &hits);

    (void)state;
    assert_int_equal(n, 1);
    assert_string_equal(hits[0].step->id, "01.1");
    assert_non_null(strstr(hits[0].snippet, "can be stopped between"));
    search_free(hits, n);
    n = found("stopped nowhere", &hits);
    assert_int_equal(n, 0);
    search_free(hits, n);
    n = found("   ", &hits);
    assert_int_equal(n, 0);
    search_free(hits, n);
}

/* A search must not give answers away: an explanation is shown only after the answer. */
static void explanations_are_not_found(void **state)
{
    struct search_hit *hits;
    size_t n = found("nobody ever writes", &hits);

    (void)state;
    assert_int_equal(n, 0);
    search_free(hits, n);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(days_are_dates),
        T(what_is_no_date),
        T(cards_come_with_the_last_step),
        T(lessons_take_turns),
        T(a_known_card_moves_on),
        T(only_what_is_due_comes_first),
        T(facts_that_are_none_are_new_cards),
        T(answers_tell_beliefs),
        T(half_right_proves_nothing),
        T(the_inventory_is_taken_twice),
        T(paths_leave_lessons_out),
        T(titles_come_before_text),
        T(every_word_must_be_there),
        T(explanations_are_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

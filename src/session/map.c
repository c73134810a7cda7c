/* map: lessons, steps and exercises as one list; the selection is what Enter opens. */
#include "session/map.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/cards.h"
#include "session/checks.h"
#include "session/parts.h"
#include "session/recall.h"

static size_t index_of(const struct session *s, const struct lesson *l)
{
    return (size_t)(l - s->course->lessons);
}

/* ---- what is done ---------------------------------------------------------- */

static void count_lesson(const struct session *s, struct map_state *m, size_t i)
{
    const struct lesson *l = &s->course->lessons[i];
    struct map_lesson *ml = &m->lessons[i];

    ml->step_done = xcalloc(l->step_count + 1, sizeof *ml->step_done);
    ml->exercises = xcalloc(l->exercise_count + 1, sizeof *ml->exercises);
    for (size_t k = 0; k < l->step_count; k++) {
        ml->step_done[k] = progress_step_is_done(s->progress, l->steps[k].id);
        ml->steps_done += ml->step_done[k];
    }
    for (size_t k = 0; k < l->exercise_count; k++) {
        ml->exercises[k] = workspace_state(s->workspace, s->progress, &l->exercises[k]);
        m->exercises++;
        m->exercises_passed += ml->exercises[k] == EXERCISE_PASSED;
    }
}

static void forget_counts(const struct session *s, struct map_state *m)
{
    for (size_t i = 0; m->lessons && i < s->course->lesson_count; i++) {
        free(m->lessons[i].step_done);
        free(m->lessons[i].exercises);
    }
    free(m->lessons);
    m->lessons = NULL;
    m->exercises = m->exercises_passed = 0;
}

const struct step *map_first_open(const struct map_state *m, const struct session *s,
                                  const struct lesson *l)
{
    if (l->check)
        return NULL;
    for (size_t k = 0; k < l->step_count; k++)
        if (!m->lessons[index_of(s, l)].step_done[k])
            return &l->steps[k];
    return NULL;
}

/* Where to go on: the first open step from where the learner was on, and round to the beginning. */
static void find_next(const struct session *s, struct map_state *m)
{
    const char *current = progress_current(s->progress);
    const struct lesson *here = NULL;
    const struct step *at = current ? course_step(s->course, current, &here, NULL) : NULL;
    const struct course_path *path = path_chosen(s->course, s->progress);
    bool known = at && !here->check;
    size_t from = known ? index_of(s, here) : 0, first = known ? (size_t)(at - here->steps) : 0;

    m->next_lesson = NULL;
    m->next_step = NULL;
    for (size_t i = 0; i <= s->course->lesson_count && !m->next_step && s->course->lesson_count > 0;
         i++) {
        const struct lesson *l = &s->course->lessons[(from + i) % s->course->lesson_count];
        const bool *done = m->lessons[index_of(s, l)].step_done;
        if (!path_includes(path, l))
            continue;
        for (size_t k = i == 0 ? first : 0; k < l->step_count && !m->next_step; k++)
            if (!done[k])
                m->next_step = &l->steps[k];
        m->next_lesson = m->next_step ? l : NULL;
    }
}

static void count_cards(const struct session *s, struct map_state *m)
{
    size_t n = 0;
    struct recall_card *cards = recall_cards(s->course, s->progress, &n);

    m->cards_due = recall_due(cards, n, s->day);
    free(cards);
}

char *map_check_words(const struct session *s, const struct lesson *l)
{
    bool inventory = l->check == CHECK_INVENTORY;
    struct check_score before = check_score(s->progress, l, inventory ? "before" : "answer"),
                       after = check_score(s->progress, l, "after");

    if (before.answered == 0)
        return xasprintf("%d questions, %d min", before.total, l->minutes);
    if (before.answered < before.total)
        return xasprintf("%d of %d answered", before.answered, before.total);
    if (!inventory)
        return xasprintf("%d of %d right", before.right, before.total);
    if (after.answered == 0)
        return xstrdup("taken once; again after the lessons");
    if (after.answered < after.total)
        return xasprintf("again: %d of %d answered", after.answered, after.total);
    return xasprintf("%d of %d right, %d at first", after.right, after.total, before.right);
}

static void count(const struct session *s, struct map_state *m)
{
    forget_counts(s, m);
    m->lessons = xcalloc(s->course->lesson_count + 1, sizeof *m->lessons);
    for (size_t i = 0; i < s->course->lesson_count; i++)
        count_lesson(s, m, i);
    count_cards(s, m);
    find_next(s, m);
}

/* ---- the list -------------------------------------------------------------- */

static void add_item(struct map_state *m, struct map_item item)
{
    ARRAY_GROW(m->items, m->count, m->cap);
    m->items[m->count++] = item;
}

static void forget_hits(struct map_state *m)
{
    search_free(m->hits, m->hit_count);
    m->hits = NULL;
    m->hit_count = 0;
}

static void list_found(const struct session *s, struct map_state *m)
{
    m->hits = search_course(s->course, m->search, &m->hit_count);
    for (size_t i = 0; i < m->hit_count; i++) {
        const struct search_hit *h = &m->hits[i];
        add_item(m, (struct map_item){h->lesson, h->step, h->exercise, h->snippet});
    }
}

static void list_lesson(struct map_state *m, const struct lesson *l)
{
    add_item(m, (struct map_item){.lesson = l});
    for (size_t k = 0; l == m->unfolded && k < l->step_count; k++)
        add_item(m, (struct map_item){.lesson = l, .step = &l->steps[k]});
}

/* The entry check stands before the lessons, the inventory behind them. */
static void list_all(const struct session *s, struct map_state *m)
{
    const struct course_path *path = path_chosen(s->course, s->progress);
    const struct lesson *entry = course_check(s->course, CHECK_ENTRY),
                        *inventory = course_check(s->course, CHECK_INVENTORY);

    if (entry)
        list_lesson(m, entry);
    for (size_t i = 0; i < s->course->lesson_count; i++)
        if (path_includes(path, &s->course->lessons[i]))
            list_lesson(m, &s->course->lessons[i]);
    if (inventory)
        list_lesson(m, inventory);
}

int map_rows(const struct session *s) { return session_rows(s); }

static void keep_in_sight(const struct session *s, struct map_state *m)
{
    int rows = map_rows(s), n = (int)m->count;

    if (m->selected >= n)
        m->selected = n - 1;
    if (m->selected < 0)
        m->selected = 0;
    if (m->selected < m->top)
        m->top = m->selected;
    if (m->selected >= m->top + rows)
        m->top = m->selected - rows + 1;
    if (m->top > n - rows)
        m->top = n > rows ? n - rows : 0;
}

static void list(const struct session *s, struct map_state *m)
{
    m->count = 0;
    forget_hits(m);
    if (m->search[0])
        list_found(s, m);
    else
        list_all(s, m);
    keep_in_sight(s, m);
}

static void select_item(const struct session *s, struct map_state *m, const struct lesson *l,
                        const struct step *st)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->items[i].lesson == l && m->items[i].step == st && !m->items[i].exercise)
            m->selected = (int)i;
    keep_in_sight(s, m);
}

/* ---- life ------------------------------------------------------------------ */

static void map_open(struct session *s, struct effects *fx)
{
    (void)fx;
    s->map = xcalloc(1, sizeof *s->map);
    count(s, s->map);
    list(s, s->map);
    if (s->map->next_lesson)
        select_item(s, s->map, s->map->next_lesson, NULL);
}

static void map_close(struct session *s, struct effects *fx)
{
    (void)fx;
    if (!s->map)
        return;
    forget_counts(s, s->map);
    forget_hits(s->map);
    free(s->map->items);
    free(s->map);
    s->map = NULL;
}

/* Back from a lesson: what changed is counted, and the selection goes where one goes on. */
static void map_shown(struct session *s, struct effects *fx)
{
    struct map_state *m = s->map;

    (void)fx;
    count(s, m);
    if (m->search[0] == '\0' && m->next_lesson) {
        if (m->unfolded)
            m->unfolded = m->next_lesson;
        list(s, m);
        select_item(s, m, m->next_lesson, m->unfolded ? m->next_step : NULL);
    } else {
        list(s, m);
    }
}

/* ---- keys ------------------------------------------------------------------ */

static void move_to(struct session *s, int selected)
{
    s->map->selected = selected;
    keep_in_sight(s, s->map);
}

static const struct map_item *item_of(const struct map_state *m)
{
    return m->count > 0 ? &m->items[m->selected] : NULL;
}

static void open_lesson(struct session *s, const struct lesson *l, const struct step *st,
                        struct effects *fx)
{
    struct map_state *m = s->map;

    if (!st)
        st = l == m->next_lesson ? m->next_step : map_first_open(m, s, l);
    if (!st && l->step_count > 0)
        st = &l->steps[0];
    if (st) {
        session_open_step(s, l, st, fx);
        cards_warm_up(s, l, fx);
    } else
        session_notice(s, "this lesson has no steps yet");
}

/* What was found has been opened: the map is whole again for when one comes back. */
static void open_item(struct session *s, struct effects *fx)
{
    struct map_state *m = s->map;
    struct map_item it = item_of(m) ? *item_of(m) : (struct map_item){0};

    if (!it.lesson)
        return;
    if (m->search[0]) {
        m->search[0] = '\0';
        list(s, m);
        select_item(s, m, it.lesson, NULL);
    }
    if (it.exercise)
        session_open_exercise(s, it.exercise, fx);
    else
        open_lesson(s, it.lesson, it.step, fx);
}

static void unfold(struct session *s)
{
    struct map_state *m = s->map;
    const struct map_item *it = item_of(m);

    if (!it || m->search[0])
        return;
    if (m->unfolded == it->lesson) {
        move_to(s, m->selected + 1);
        return;
    }
    m->unfolded = it->lesson;
    const struct step *st = it->lesson == m->next_lesson ? m->next_step : NULL;
    list(s, m);
    select_item(s, m, m->unfolded, NULL);
    if (m->selected + (int)m->unfolded->step_count >= m->top + map_rows(s))
        m->top = m->selected; /* all its steps come into sight */
    select_item(s, m, m->unfolded, st);
}

static void fold(struct session *s)
{
    struct map_state *m = s->map;
    const struct map_item *it = item_of(m);

    if (!it || !m->unfolded)
        return;
    const struct lesson *l = m->unfolded;
    m->unfolded = NULL;
    list(s, m);
    select_item(s, m, l, NULL);
}

/* All lessons, then each path of the course in turn. */
static void other_way(struct session *s, struct effects *fx)
{
    const struct course *c = s->course;
    const struct course_path *path = path_chosen(c, s->progress);
    size_t next = path ? (size_t)(path - c->paths) + 1 : 0;

    if (c->path_count == 0) {
        session_notice(s, "this course has one way through it");
        return;
    }
    path = next < c->path_count ? &c->paths[next] : NULL;
    path_choose(s->progress, path);
    effects_add(fx, EFFECT_SAVE);
    s->map->unfolded = NULL;
    map_shown(s, fx);
    session_notice(s, "%s", path ? path->title : "all lessons");
}

/* Places behind those of the list: what the selected lesson shows beside it, opened at once. */
static void open_beside(struct session *s, const struct lesson *l, size_t place, struct effects *fx)
{
    if (place < l->step_count)
        open_lesson(s, l, &l->steps[place], fx);
    else if (place - l->step_count < l->exercise_count)
        session_open_exercise(s, &l->exercises[place - l->step_count], fx);
}

static void point(struct session *s, int item, struct effects *fx)
{
    int count = (int)s->map->count;

    if (item >= count && item_of(s->map))
        open_beside(s, item_of(s->map)->lesson, (size_t)(item - count), fx);
    else if (item == s->map->selected)
        open_item(s, fx);
    else
        move_to(s, item);
}

static void map_key(struct session *s, const struct message *m, struct effects *fx)
{
    int at = s->map->selected;

    switch (m->request) {
    case KEY_UP: move_to(s, at - 1); break;
    case KEY_DOWN: move_to(s, at + 1); break;
    case KEY_PAGE_UP: move_to(s, at - map_rows(s)); break;
    case KEY_PAGE_DOWN: move_to(s, at + map_rows(s)); break;
    case KEY_FIRST: move_to(s, 0); break;
    case KEY_LAST: move_to(s, (int)s->map->count - 1); break;
    case KEY_POINT: point(s, (int)m->n, fx); break;
    case KEY_RIGHT: unfold(s); break;
    case KEY_LEFT: fold(s); break;
    case KEY_OPEN: open_item(s, fx); break;
    case KEY_SEARCH: s->map->searching = true; break;
    case KEY_PROGRESS: session_push(s, SCREEN_PROGRESS, fx); break;
    case KEY_RECALL: session_push(s, SCREEN_CARDS, fx); break;
    case KEY_WAY: other_way(s, fx); break;
    default: break;
    }
}

/* ---- search ---------------------------------------------------------------- */

static void stop_searching(struct session *s)
{
    struct map_state *m = s->map;

    m->searching = false;
    m->search[0] = '\0';
    list(s, m);
    if (m->next_lesson)
        select_item(s, m, m->next_lesson, NULL);
}

static void drop_last(char *text)
{
    size_t n = strlen(text);

    while (n > 0 && ((unsigned char)text[--n] & 0xc0) == 0x80)
        ;
    text[n] = '\0';
}

/* False when it has no room. */
static bool append(char *text, size_t size, const char *typed)
{
    size_t have = strlen(text), n = typed ? strlen(typed) : 0;

    if (n == 0 || have + n >= size)
        return false;
    memcpy(text + have, typed, n + 1);
    return true;
}

static void map_typed(struct session *s, long ch, const char *text, struct effects *fx)
{
    struct map_state *m = s->map;

    if (ch == 27 || (ch == 8 && m->search[0] == '\0')) {
        stop_searching(s);
        return;
    }
    if (ch == 13) {
        m->searching = false;
        if (m->search[0] && m->count > 0)
            open_item(s, fx);
        return;
    }
    if (ch == 8)
        drop_last(m->search);
    else if (!append(m->search, sizeof m->search, text))
        return;
    m->selected = 0;
    list(s, m);
}

static bool map_types(const struct session *s) { return s->map->searching; }

static bool map_back(struct session *s, struct effects *fx)
{
    (void)fx;
    if (!s->map->search[0])
        return false;
    stop_searching(s);
    return true;
}

static void map_update(struct session *s, struct message *m, struct effects *fx)
{
    if (m->kind == MESSAGE_KEY)
        map_key(s, m, fx);
    else if (m->kind == MESSAGE_TYPED)
        map_typed(s, m->n, m->text, fx);
    else if (m->kind == MESSAGE_RESIZE)
        keep_in_sight(s, s->map);
    else if (m->kind == MESSAGE_DAY)
        count_cards(s, s->map);
}

const struct session_part map_part = {
    .open = map_open,
    .update = map_update,
    .close = map_close,
    .shown = map_shown,
    .back = map_back,
    .types = map_types,
};

/* play: see play.h. */
#include "play.h"

void play_begin(struct play *p, const char *recording)
{
    struct err e;

    *p = (struct play){0};
    snprintf(p->dir, sizeof p->dir, "/tmp/tm-play-XXXXXX");
    assert_non_null(mkdtemp(p->dir));
    p->course = course_load(COURSE, &e);
    assert_non_null(p->course);
    p->progress = progress_load(p->dir);
    p->s = session_new(p->course, p->progress, p->dir, 24, 80);
    if (recording) {
        char *path = path_join(HERE, recording);
        p->tape = file_read(path, 1 << 22, NULL, &e);
        if (!p->tape)
            fail_msg("%s", e.msg);
        free(path);
    }
}

void play_end(struct play *p)
{
    char *remove = xasprintf("rm -rf %s", p->dir);

    effects_fini(&p->fx);
    session_free(p->s);
    progress_free(p->progress);
    course_free(p->course);
    assert_int_equal(system(remove), 0);
    free(remove);
    free(p->tape);
    free(p->waiting);
    free(p->copied);
}

static void carry_out(struct play *p, const struct effect *e)
{
    switch (e->kind) {
    case EFFECT_ENGINE_OPEN:
        p->opened++;
        assert_null(p->waiting);
        p->waiting = xstrdup("open\n");
        break;
    case EFFECT_ENGINE_ASK:
        assert_null(p->waiting); /* one at a time */
        p->waiting = trace_request_encode(e->request);
        break;
    case EFFECT_ENGINE_CLOSE:
    case EFFECT_DEMO_STOP: p->closed++; break;
    case EFFECT_DEMO_START: p->opened++; break;
    case EFFECT_TICK: p->tick = (int)e->n; break;
    case EFFECT_COPY:
        free(p->copied);
        p->copied = xstrdup(e->text);
        break;
    default: break;
    }
}

void play_send(struct play *p, struct message *m)
{
    effects_fini(&p->fx);
    session_update(p->s, m, &p->fx);
    message_fini(m);
    for (size_t i = 0; i < p->fx.count; i++)
        carry_out(p, &p->fx.list[i]);
}

static void tell_line(struct play *p, const char *line, size_t n, bool ready)
{
    struct message m = {.kind = ready ? MESSAGE_ENGINE_READY : MESSAGE_ENGINE,
                        .trace = xcalloc(1, sizeof *m.trace)};
    char *text = xstrndup(line, n);
    struct err e = {0};

    if (!trace_msg_decode(text, m.trace, &e))
        fail_msg("%s: %s", e.msg, text);
    if (ready && p->s->target.file)
        m.text = file_read(p->s->target.file, 1 << 20, NULL, NULL);
    free(text);
    play_send(p, &m);
}

static void answer_one(struct play *p)
{
    char *request = p->waiting;
    const char *at = p->tape ? strstr(p->tape, request) : NULL;

    p->waiting = NULL;
    if (!at || (at > p->tape && at[-1] != '\n'))
        fail_msg("this was never asked when it was recorded: %s", request);
    bool ready = strcmp(request, "open\n") == 0;
    for (at += strlen(request); *at && *at != '\n'; at = strchr(at, '\n') + 1)
        tell_line(p, at, strcspn(at, "\n"), ready);
    free(request);
}

void play_answer(struct play *p)
{
    while (p->waiting)
        answer_one(p);
}

static void press(struct play *p, const char *keys, bool answer)
{
    char *copy = xstrdup(keys), *rest = copy;

    for (char *name; (name = strtok_r(rest, " ", &rest));) {
        struct message m;
        view_key(p->s, key_parse(name), &m);
        play_send(p, &m);
        if (answer)
            play_answer(p);
    }
    free(copy);
}

void play_press(struct play *p, const char *keys) { press(p, keys, true); }
void play_press_fast(struct play *p, const char *keys) { press(p, keys, false); }

void play_size(struct play *p, int rows, int cols)
{
    struct message m = {.kind = MESSAGE_RESIZE, .rows = rows, .cols = cols};

    play_send(p, &m);
}

char *play_screen(struct play *p)
{
    struct canvas c;

    canvas_init(&c, p->s->rows, p->s->cols);
    view_draw(p->s, &c);
    char *text = canvas_text(&c);
    canvas_fini(&c);
    return text;
}

static void look_for(struct play *p, const char *text, bool there)
{
    char *screen = play_screen(p);

    if ((strstr(screen, text) != NULL) != there)
        fail_msg("'%s' %s on the screen:\n%s", text, there ? "is not" : "is", screen);
    free(screen);
}

void play_shows(struct play *p, const char *text) { look_for(p, text, true); }
void play_hides(struct play *p, const char *text) { look_for(p, text, false); }

static void compare(struct play *p, const char *name, int rows, int cols)
{
    char *path = xasprintf("%s/%s.%dx%d.screen", HERE, name, cols, rows), *want;
    struct err e;

    play_size(p, rows, cols);
    char *got = play_screen(p);
    if (getenv("REGENERATE"))
        assert_true(file_write_atomic(path, got, strlen(got), &e));
    want = file_read(path, 1 << 16, NULL, &e);
    if (!want)
        fail_msg("%s", e.msg);
    if (strcmp(want, got) != 0)
        fail_msg("%s is not what is shown now:\n%s", path, got);
    free(want);
    free(got);
    free(path);
}

void play_compare(struct play *p, const char *name)
{
    compare(p, name, 24, 80);
    compare(p, name, 50, 200);
}

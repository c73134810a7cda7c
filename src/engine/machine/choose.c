/* choose: who can do what now, and who does it.
 *
 * gather() lists what is possible, with its cost; the strategy of this run picks; apply() makes it so.
 * point() is where a thread parks with its announced operation until it is its turn.
 */
#include "engine/engine.h"
#include "engine/named.h"

#include <stdlib.h>
#include <string.h>

/* ---- who can do what -------------------------------------------------------- */

/* It can do what it announced. */
static bool goes_on(const struct thread *t)
{
    return (cancel_due(t) || ((t->op.enabled == always || t->op.enabled(t)) && (!t->await || spin_changed(t)))) &&
           (!engine.run.handling || !handler_overdue(t));
}

static bool ready(const struct thread *t)
{
    look_at(t);
    if (!t->alive || t->ended || (engine.run.stops && process_stopped(t->process)))
        return false;
    return goes_on(t) || (engine.run.handling && handler_due(t));
}

enum thread_status thread_status(const struct thread *t)
{
    if (t->ended)
        return THREAD_ENDED;
    if (ready(t))
        return THREAD_READY;
    if (t->await)
        return THREAD_SPINNING;
    if (cond_of(t))
        return THREAD_WAITING;
    return t->op.kind == EVENT_WAKE ? THREAD_ASLEEP : THREAD_BLOCKED;
}

/* Waits for something, and time would end that: a sleeper whose loop changes nothing is left alone. */
static bool sleeping(const struct thread *t)
{
    look_at(t);
    return t->alive && !t->ended && !t->op.enabled(t) && wake_time(t) != NEVER && engine.run.now < wake_time(t) &&
           (!t->await || spin_changed(t));
}

struct list {
    struct trace_choice *choices;
    uint8_t *costs;
    int n, max;
};

static void add(struct list *l, int tid, int variant, int cost, bool preempts)
{
    if (l->n == l->max)
        return;
    l->choices[l->n] = (struct trace_choice){tid, variant, preempts};
    l->costs[l->n++] = (uint8_t)cost;
}

/* t is ready. */
static void add_thread(struct list *l, const struct thread *t, int cost, bool preempts)
{
    look_at(t);
    bool due = engine.run.handling && handler_due(t);
    if (due && !t->mask_lent && !(t->begun && handler_breaks(t)))
        add(l, t->tid, CHOICE_HANDLER, cost, preempts);
    if (due && handler_breaks(t))
        add(l, t->tid, CHOICE_BREAK, cost, preempts);
    if (engine.run.handling && !goes_on(t))
        return;
    int more = 0, ways = kernel_concerns(t->op.kind) ? kernel_choices(t, &more) : 1;
    add(l, t->tid, CHOICE_PLAIN, cost, preempts);
    for (int k = 1; k < ways; k++)
        add(l, t->tid, CHOICE_WAKES + k, cost + more, preempts);
    if (t->op.kind != EVENT_SIGNAL)
        return;
    const struct object *c = object_peek(t->op.object);
    for (int k = 1; c && k < c->waiter_count; k++)
        add(l, t->tid, CHOICE_WAKES + k, cost, preempts);
}

/* A loop that waits at intervals could go round for ever before anybody else gets a turn. */
static bool may_be_early(const struct thread *t)
{
    bool may = engine.set.style != STYLE_EXPLORE || t->early_used < EARLY_LIMIT;
    engine.run.early_capped |= !may;
    return may;
}

static bool may_be_odd(void)
{
    const struct run *run = &engine.run;
    return engine.set.hostile || run->spurious_used < engine.set.spurious || run->interrupts > 0;
}

static void add_oddities(struct list *l, const struct thread *t, int cost, bool preempts)
{
    look_at(t);
    if (engine.set.hostile && sleeping(t) && may_be_early(t))
        add(l, t->tid, CHOICE_EARLY, cost + 1, preempts);
    if (engine.set.hostile && alarm_may_ring(t) && may_be_early(t))
        add(l, t->tid, CHOICE_ALARM, cost + 1, preempts);
    if (t->alive && !t->ended && cond_of(t) && !t->op.enabled(t) && engine.run.spurious_used < engine.set.spurious)
        add(l, t->tid, CHOICE_SPURIOUS, cost + 1, preempts);
    if (t->alive && !t->ended && kernel_may_interrupt(t))
        add(l, t->tid, CHOICE_INTERRUPTED, cost + 1, preempts);
}

int gather(struct trace_choice *choices, uint8_t *costs, int max)
{
    struct list l = {choices, costs, 0, max};
    struct run *run = &engine.run;
    struct thread *last = run->last_tid >= 0 ? &engine.threads[run->last_tid] : NULL;
    bool last_ready = last && ready(last);
    bool goes_on = last_ready && !last->yielded && !run->free_switch;
    if (last_ready && !last->yielded)
        add_thread(&l, last, 0, false);
    for (int i = 0; i < run->thread_count; i++) {
        struct thread *t = &engine.threads[i];
        if (t != last && ready(t))
            add_thread(&l, t, goes_on ? COST_PREEMPTION : 0, goes_on);
    }
    if (last_ready && last->yielded) /* going on after giving the turn away is odd, if others can */
        add_thread(&l, last, l.n ? 1 : 0, false);
    for (int i = 0; may_be_odd() && i < run->thread_count; i++)
        add_oddities(&l, &engine.threads[i], goes_on ? COST_PREEMPTION : 0, goes_on);
    look_at(&engine.threads[run->thread_count - 1]);
    return l.n;
}

/* ---- time --------------------------------------------------------------------- */

bool time_advance(void)
{
    int64_t next = NEVER;
    for (int i = 0; i < engine.run.thread_count; i++)
        if (sleeping(&engine.threads[i]) && wake_time(&engine.threads[i]) < next)
            next = wake_time(&engine.threads[i]);
    next = next < alarm_due() ? next : alarm_due();
    if (next == NEVER)
        return false;
    if (next > engine.run.now)
        engine.run.now = next;
    for (int i = 0; engine.run.handling && i < engine.run.thread_count; i++)
        engine.threads[i].begun = true;
    kernel_time_passed();
    if (!engine.set.hostile && engine.run.ordered)
        order_time();
    return true;
}

/* ---- choosing ------------------------------------------------------------------- */

static bool waited_long(int tid) { return engine.run.steps - engine.run.last_ran[tid] > STEP_LIMIT / 4; }

static void check_steps(void)
{
    struct run *run = &engine.run;
    if (++run->steps < STEP_LIMIT)
        return;
    if (engine.any_promoted) { /* many steps because plain accesses are steps: no verdict on the program */
        run->cut = true;
        run_end();
    }
    for (int i = 0; i < run->thread_count; i++)
        run->unfair |= i != run->last_tid && ready(&engine.threads[i]) && waited_long(i);
    if (run->unfair) { /* such a schedule proves nothing */
        run->cut = true;
        run_end();
    }
    fail(.reason = REASON_TOO_MANY_STEPS, .value = (uint64_t)run->steps);
}

static void ask_invariant(void)
{
    struct thread *t = me();
    if (!t || t->ended || t->process)
        return;
    engine.run.observed = true;
    t->quiet = true;
    bool holds = engine.run.invariant();
    t->quiet = false;
    if (holds)
        return;
    struct named n = named_of(engine.run.invariant_message);
    fail(.reason = REASON_CHECK, .detail = n.text, .value = n.belief, .right_if = n.words);
}

static void count_choice(const struct trace_choice *c, int cost)
{
    struct run *run = &engine.run;
    run->choices++;
    run->cost += cost;
    run->unusual += c->variant > CHOICE_WAKES;
    run->variant = c->variant;
    run->decision = true;
    run->preemption = c->preempts;
    run->preemptions += c->preempts;
    run->switches += run->last_tid >= 0 && run->last_tid != c->tid;
    run->free_switch = false;
}

static void make_current(struct thread *t)
{
    struct run *run = &engine.run;
    run->solo = run->last_tid == t->tid ? run->solo + 1 : 0;
    run->unfair |= waited_long(t->tid);
    run->last_tid = t->tid;
    run->last_ran[t->tid] = run->steps;
    t->yielded = t->polls >= POLL_LIMIT || run->solo >= SOLO_LIMIT;
    if (t->yielded)
        t->polls = run->solo = 0;
    t->await = false;
    t->closed = 0;
}

/* True when the choice runs a thread (returned in *ret); false when it only changed the world. */
static bool apply(const struct trace_choice *c, int cost, struct thread **ret)
{
    struct thread *t = &engine.threads[c->tid];
    count_choice(c, cost);
    check_steps();
    if (c->variant == CHOICE_SPURIOUS) {
        look_at(t);
        cond_wake_for_nothing(t);
        engine.run.spurious_used++;
        return false;
    }
    if (c->variant == CHOICE_ALARM) {
        t->early_used++;
        alarm_rings(t);
        return false;
    }
    if (c->variant == CHOICE_EARLY) {
        t->early_used++;
        if (wake_time(t) != NEVER && wake_time(t) > engine.run.now)
            engine.run.now = wake_time(t);
        kernel_time_passed();
    }
    make_current(t);
    *ret = t;
    return true;
}

/* Threads nobody drives run by themselves. */
static struct thread *undriven(void)
{
    for (int i = 0; engine.set.driven && i < engine.run.thread_count; i++)
        if (!(engine.set.driven >> i & 1) && ready(&engine.threads[i]))
            return &engine.threads[i];
    return NULL;
}

/* A strategy that knows its choice was not asked what is possible: time may have to move first, as it
 * did when the choice was found. */
void let_time_pass(const struct trace_choice *c)
{
    if (choice_is_odd(c))
        return;
    while (!ready(&engine.threads[c->tid]) && time_advance())
        ;
}

struct thread *choose(void)
{
    static struct trace_choice choices[CHOICES_MAX];
    static uint8_t costs[CHOICES_MAX];
    struct thread *t;
    if (engine.run.invariant)
        ask_invariant();
    for (;;) {
        if ((t = undriven())) {
            engine.run.variant = goes_on(t) ? CHOICE_PLAIN : handler_breaks(t) ? CHOICE_BREAK : CHOICE_HANDLER;
            check_steps();
            t->await = false;
            return t;
        }
        if (engine.set.strategy->known && engine.set.strategy->known(&choices[0], &costs[0])) {
            let_time_pass(&choices[0]);
            if (apply(&choices[0], costs[0], &t))
                return t;
            continue;
        }
        int n = gather(choices, costs, CHOICES_MAX);
        bool due = false;
        for (int i = 0; i < n && !due; i++)
            due = !choice_is_odd(&choices[i]);
        if (!due && time_advance())
            continue;
        if (!due && n == 0)
            diagnose_deadlock();
        int i = engine.set.strategy->pick(choices, costs, n);
        if (i < 0) {
            engine.run.cut = true;
            run_end();
        }
        if (apply(&choices[i], costs[i], &t))
            return t;
    }
}

void hand_over(struct thread *from, struct thread *to)
{
    engine.run.me = to;
    if (to->process != engine.loaded)
        fiber_switch(&from->fiber, &engine.main_fiber); /* run_once puts its memory in place */
    else if (to != from)
        fiber_switch(&from->fiber, &to->fiber);
    look_at(me());
}

/* Taking and giving back: a loop that does only this to an object leaves it as it was. */
static bool is_lock(enum event_kind k)
{
    return k == EVENT_LOCK || k == EVENT_UNLOCK || k == EVENT_TRYLOCK || k == EVENT_SEM_WAIT || k == EVENT_SEM_TRYWAIT ||
           k == EVENT_SEM_POST || k == EVENT_SEM_VALUE || k == EVENT_RDLOCK || k == EVENT_WRLOCK ||
           k == EVENT_TRYRDLOCK || k == EVENT_TRYWRLOCK || k == EVENT_RWUNLOCK || k == EVENT_TIMEDLOCK;
}

/* Reading, writing and polling say themselves when they changed something. */
static bool is_io(enum event_kind k) { return k == EVENT_FD_READ || k == EVENT_FD_WRITE || k == EVENT_POLL; }

/* Waiting with a time-out that came leaves the mutex and the condition variable as they were. An atomic
 * read-modify-write may: it says itself when it changed something. */
static bool is_pure(const struct op *op)
{
    enum event_kind k = op->kind;
    if (k == EVENT_TESTCANCEL || k == EVENT_TRYJOIN || k == EVENT_WAIT)
        return true;
    if (k == EVENT_COND_WAIT || k == EVENT_RELOCK)
        return op->value == COND_TIMED;
    return is_lock(k) || k == EVENT_TIMEOUT || k == EVENT_YIELD || k == EVENT_ATOMIC_LOAD || k == EVENT_ATOMIC_RMW || k == EVENT_FENCE ||
           k == EVENT_READ || k == EVENT_WAKE || is_io(k);
}

static bool only_tries(enum event_kind k)
{
    return k == EVENT_TRYLOCK || k == EVENT_TRYRDLOCK || k == EVENT_TRYWRLOCK || k == EVENT_SEM_TRYWAIT ||
           k == EVENT_SEM_VALUE || k == EVENT_TIMEDLOCK;
}

static void look_for_loop(struct thread *t)
{
    if (t->op.kind == EVENT_SPIN)
        return;
    if (t->op.kind == EVENT_TRYJOIN) {
        t->await = spin_read(t, &engine.threads[t->op.value].ended, sizeof(bool), t->op.pc);
        return;
    }
    if (t->op.kind == EVENT_WAIT)
        t->await = spin_read(t, process_family(t->process), sizeof(unsigned), t->op.pc);
    if (!is_pure(&t->op)) {
        spin_effect(t);
        return;
    }
    t->polls += !is_lock(t->op.kind) || only_tries(t->op.kind);
    bool memory = t->op.kind == EVENT_ATOMIC_LOAD || t->op.kind == EVENT_ATOMIC_RMW || t->op.kind == EVENT_READ;
    const void *what = memory || t->op.kind == EVENT_TIMEOUT || is_lock(t->op.kind) || is_io(t->op.kind) ? t->op.object : NULL;
    if (what || t->op.kind == EVENT_YIELD || t->op.kind == EVENT_WAKE || t->op.kind == EVENT_TESTCANCEL ||
        t->op.kind == EVENT_FENCE)
        t->await = spin_read(t, what, memory ? (unsigned)t->op.value : 0, t->op.pc);
    if (t->await && engine.run.no_polling)
        fail(.reason = REASON_POLLING, .pc = t->op.pc);
}

void point(void)
{
    struct thread *t = me();
    t->accesses = t->volume = 0;
    t->clock_reads = 0;
    look_for_loop(t);
    t->begun = false;
    if (engine.run.handling)
        handler_look(t);
    struct thread *creator = t->eager_return;
    if (creator) {
        t->eager_return = NULL;
        hand_over(t, creator);
    } else {
        lasso_look(t);
        hand_over(t, choose());
    }
    while (handler_chosen() && !handler_interrupt())
        hand_over(t, choose());
    t->unsafe = NULL;
    if (t->loop.limit)
        kernel_loop_check(t);
    if (only_tries(t->op.kind)) /* chosen: what it finds may not be what it saw when it announced itself */
        spin_tried(t, t->op.object);
}

/* ---- operations ------------------------------------------------------------------ */

bool always(const struct thread *t)
{
    (void)t;
    return true;
}

static bool others_alive(void)
{
    for (int i = 0; i < engine.run.thread_count; i++)
        if (i != me()->tid && engine.threads[i].alive && !engine.threads[i].ended)
            return true;
    return false;
}

/* Where the order of operations cannot matter, exploring needs no decision. */
static bool wants_decision(enum event_kind kind)
{
    if (engine.set.style == STYLE_EVERY || (engine.run.handling && process_handles(me()->process))) /* a handler may run before anything */
        return true;
    switch (kind) {
    case EVENT_CREATE:
    case EVENT_DETACH:
        return false;
    case EVENT_JOIN:
        return engine.run.used_cancel || engine.end_points;
    case EVENT_UNLOCK:
    case EVENT_RWUNLOCK:
        return engine.set.unlock_points;
    case EVENT_OUTPUT:
        return engine.set.output_points;
    case EVENT_EXIT:
        return others_alive();
    case EVENT_OPEN:
    case EVENT_FORK:
        return me()->op.object || process_others_alive();
    case EVENT_WAIT: /* for the end of one child: like a join */
        return !me()->op.value || me()->op.value > MAX_THREADS || me()->op.enabled == always;
    case EVENT_SIGACTION:
        return others_alive();
    default:
        return true;
    }
}

void count_op(void)
{
    struct run *run = &engine.run;
    run->ops++;
    run->turns += run->last_op_tid != me()->tid;
    run->last_op_tid = me()->tid;
}

void step2(enum event_kind kind, void *object, void *object2, uint64_t value,
           bool (*enabled)(const struct thread *))
{
    struct thread *t = me();
    t->op.kind = kind; /* pc and with are as ENTER and op_with left them */
    t->op.object = object;
    t->op.object2 = object2;
    t->op.value = value;
    t->op.enabled = enabled;
    engine.run.variant = 0;
    if (wants_decision(kind) || !enabled(t))
        point();
    else
        look_for_loop(t), t->await = false;
    count_op();
}

void step(enum event_kind kind, void *object, bool (*enabled)(const struct thread *))
{
    step2(kind, object, NULL, 0, enabled);
}

// A tiny concurrent program, given as text: argv[1] holds the threads, separated by '/', each a row
// of two-character operations. What each thread saw and the final values are printed at the end.
//
//   l0 u0  lock, unlock mutex 0|1      t0  try to lock it; unlock at once if it worked
//   r0 w0 a0 x0  load, store, add, exchange atomic 0|1
//   c0  add to a plain counter under mutex 0|1
//   W0  under mutex 0 wait until flag 0|1      I0  the same with `if`     B0  wait, no predicate
//   S0  under mutex 0 set flag 0|1 and signal  A0  ... and broadcast      N0  signal, nothing else
//   s1 s2 s3  sleep so many seconds            y0  yield
//   p0 v0 q0  semaphore 0|1: wait, post, try   R0 E0  read, add under a reader-writer lock 0|1
//   k0  exchange atomic 0|1 for the own number if it is 0     g0  read the count of semaphore 0|1
//   h0 H0  try to read, to write under reader-writer lock 0|1  j0  read it, for a second at most
//   d0  meet at a barrier for three
//   T1 T2     under mutex 0 wait for flag 0, so many seconds at most     b0  meet at a barrier for two
//   i0 o0     pipe 0|1: write a byte, read one (nothing, when nobody has its write end open any more)
//   K0        close my write end of pipe 0|1   P0  is there something to read?   P1  ... within 1 s, from pipe 0
//   e0 e1     which pipes does epoll say can be read now, or in the end?
//   >0 =0     write a byte to what a common number stands for; let it stand for pipe 0|1
//   Y0 Y1     the same of a set that tells each change once
//   C0 C1     add 1, 2 to an event counter      U0 U1  take what is in it, now or when there is something
//   M1 M2     mutex 0, L1 L2 semaphore 0, so many seconds at most; given back at once if it worked
//   n0 Q0     read, write a plain variable 0|1    m0 G0  the same under mutex 0
//   X0        store the other raw atomic's value plus one into raw atomic 0|1, as one expression
//   V0        add to counter 0|1, then lock the other's mutex, in one expression   O0  poll atomic 0|1 until it is not 0
//   D0        take the block that lies in a box under mutex 0, or put one   F0  once
//   J0        count in thread-local storage and under a key                f0  a number by dice
//   Z0        cancel thread 0|1                   z0  end here if that was asked for
//   !0 ^0 ^1  send signal 0 to thread 0; signal 0|1 to the process     (0 )0  block, let in signal 0|1
//   &0        semaphore 0|1: wait, and note whether a handler broke that off      ;0  pause
//   %0 %1     semaphore 0|1: wait, and note how that ended; two such waits of a run may be interrupted
// A row that begins with '-' belongs to a thread that notes nothing, so that more states are equal.
#include <errno.h>
#include <lab/check.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#define THREADS 4
#define LOG 16

static pthread_mutex_t mutex[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock[2] = {PTHREAD_RWLOCK_INITIALIZER, PTHREAD_RWLOCK_INITIALIZER};
static pthread_barrier_t barrier, barrier_three;
static sem_t sem[2];
static atomic_int shared[2];
static int counter[2], flag[2], guarded[2], plain[2], raw[2], made;
static int *box;
static pthread_mutex_t names = PTHREAD_MUTEX_INITIALIZER;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Thread_local int own;
static int out[2], epoll, edges, bell, hub, signals;
static struct thread {
    const char *code;
    int id, used, quiet;
    pthread_t self;
    int in[2]; /* write ends; -1: closed */
    int log[LOG];
} threads[THREADS];

static void note(struct thread *t, int value)
{
    if (t->used < LOG && !t->quiet)
        t->log[t->used++] = value;
}

static void await(struct thread *t, char how, int n)
{
    pthread_mutex_lock(&mutex[0]);
    if (how == 'W')
        while (!flag[n])
            pthread_cond_wait(&cond, &mutex[0]);
    else if (how == 'B' || !flag[n])
        pthread_cond_wait(&cond, &mutex[0]);
    note(t, flag[0] * 2 + flag[1]);
    pthread_mutex_unlock(&mutex[0]);
}

static void announce(char how, int n)
{
    pthread_mutex_lock(&mutex[0]);
    flag[n] = 1;
    if (how == 'S')
        pthread_cond_signal(&cond);
    else
        pthread_cond_broadcast(&cond);
    pthread_mutex_unlock(&mutex[0]);
}

static void count(struct thread *t, int n)
{
    pthread_mutex_lock(&mutex[n]);
    note(t, ++counter[n]);
    pthread_mutex_unlock(&mutex[n]);
}

static void await_until(struct thread *t, int seconds)
{
    struct timespec until;
    int late = 0;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += seconds;
    pthread_mutex_lock(&mutex[0]);
    while (!flag[0] && !late)
        late = pthread_cond_timedwait(&cond, &mutex[0], &until) != 0;
    note(t, late * 2 + flag[0]);
    pthread_mutex_unlock(&mutex[0]);
}

static void read_guarded(struct thread *t, int n)
{
    pthread_rwlock_rdlock(&rwlock[n]);
    note(t, guarded[n]);
    pthread_rwlock_unlock(&rwlock[n]);
}

static void add_guarded(struct thread *t, int n)
{
    pthread_rwlock_wrlock(&rwlock[n]);
    note(t, guarded[n]++);
    pthread_rwlock_unlock(&rwlock[n]);
}

static void try_lock(struct thread *t, int n)
{
    int busy = pthread_mutex_trylock(&mutex[n]);
    note(t, busy != 0);
    if (!busy)
        pthread_mutex_unlock(&mutex[n]);
}

static void exchange_zero(struct thread *t, int n)
{
    int expected = 0;
    note(t, atomic_compare_exchange_strong(&shared[n], &expected, t->id));
    note(t, expected);
}

static void try_guarded(struct thread *t, int n, int write)
{
    int busy = write ? pthread_rwlock_trywrlock(&rwlock[n]) : pthread_rwlock_tryrdlock(&rwlock[n]);
    note(t, busy ? -1 : guarded[n]);
    if (!busy && write)
        guarded[n] += 100;
    if (!busy)
        pthread_rwlock_unlock(&rwlock[n]);
}

static void read_in_time(struct thread *t, int n)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec++;
    int late = pthread_rwlock_timedrdlock(&rwlock[n], &until);
    note(t, late ? -1 : guarded[n]);
    if (!late)
        pthread_rwlock_unlock(&rwlock[n]);
}

static void count_of(struct thread *t, int n)
{
    int value;
    sem_getvalue(&sem[n], &value);
    note(t, value);
}

static void deadline_in(struct timespec *until, int seconds)
{
    clock_gettime(CLOCK_REALTIME, until);
    until->tv_sec += seconds;
}

static void lock_until(struct thread *t, int seconds)
{
    struct timespec until;
    deadline_in(&until, seconds);
    int late = pthread_mutex_timedlock(&mutex[0], &until) != 0;
    note(t, late);
    if (!late)
        pthread_mutex_unlock(&mutex[0]);
}

static void take_until(struct thread *t, int seconds)
{
    struct timespec until;
    deadline_in(&until, seconds);
    int late = sem_timedwait(&sem[0], &until) != 0;
    note(t, late);
    if (!late)
        sem_post(&sem[0]);
}

static int read_locked(int n)
{
    pthread_mutex_lock(&mutex[0]);
    int value = plain[n];
    pthread_mutex_unlock(&mutex[0]);
    return value;
}

static void write_locked(int n, int value)
{
    pthread_mutex_lock(&mutex[0]);
    plain[n] = value;
    pthread_mutex_unlock(&mutex[0]);
}

static int step(int n)
{
    pthread_mutex_lock(&mutex[n]);
    int now = ++counter[n];
    pthread_mutex_unlock(&mutex[n]);
    return now;
}

/* What the first call answered is in a register, and nowhere else, while the second one waits. */
static void count_and_lock(struct thread *t, int n)
{
    int sum = step(n) * 10 + pthread_mutex_lock(&mutex[1 - n]);
    pthread_mutex_unlock(&mutex[1 - n]);
    note(t, sum);
}

static void swap_box(void)
{
    int *mine = malloc(sizeof *mine), *old;
    *mine = 1;
    pthread_mutex_lock(&mutex[0]);
    old = box;
    box = old ? NULL : mine;
    pthread_mutex_unlock(&mutex[0]);
    if (old) {
        free(old);
        free(mine);
    }
}

static void make(void) { made = made + 1 + atomic_load(&shared[0]); }

static void count_own(struct thread *t)
{
    char *at = pthread_getspecific(key);
    pthread_setspecific(key, at ? at + 1 : (char *)t);
    note(t, ++own);
}

static pthread_t name_of(int n)
{
    pthread_mutex_lock(&names);
    pthread_t id = threads[n].self;
    pthread_mutex_unlock(&names);
    return id;
}

static void copy_raw(int n)
{
    __atomic_store_n(&raw[n], __atomic_load_n(&raw[1 - n], __ATOMIC_SEQ_CST) + 1, __ATOMIC_SEQ_CST);
}

/* ---- pipes ------------------------------------------------------------------------- */

/* A set that looks at a pipe; -1: none is wanted. */
static void watch(int set, int i, uint32_t how)
{
    struct epoll_event e = {.events = EPOLLIN | how, .data = {.u32 = 1u << i}};
    if (set >= 0)
        epoll_ctl(set, EPOLL_CTL_ADD, out[i], &e);
}

/* Each thread has a write end of its own; ops: what is asked of the pipes, by letter. */
static void open_pipes(int n, const char *ops)
{
    epoll = strchr(ops, 'e') ? epoll_create1(0) : -1;
    edges = strchr(ops, 'Y') ? epoll_create1(0) : -1;
    for (int i = 0; i < 2; i++) {
        int ends[2];
        if (pipe(ends) != 0)
            return;
        out[i] = ends[0];
        watch(epoll, i, 0);
        watch(edges, i, EPOLLET);
        for (int k = 0; k < n; k++)
            threads[k].in[i] = dup(ends[1]);
        if (i == 0 && strpbrk(ops, ">="))
            hub = dup(ends[1]);
        close(ends[1]);
    }
}

static void write_byte(struct thread *t, int n)
{
    char c = (char)t->id;
    if (t->in[n] >= 0 && write(t->in[n], &c, 1) != 1)
        note(t, -1);
}

static void read_byte(struct thread *t, int n)
{
    char c = 0;
    ssize_t got = read(out[n], &c, 1);
    note(t, got == 1 ? c : 0);
}

static void close_end(struct thread *t, int n)
{
    if (t->in[n] >= 0)
        close(t->in[n]);
    t->in[n] = -1;
}

static void write_to_hub(struct thread *t)
{
    char c = (char)(t->id + 4);
    if (write(hub, &c, 1) != 1)
        note(t, -1);
}

static void ring(uint64_t times)
{
    if (write(bell, &times, sizeof times) < 0)
        abort();
}

static void take_rings(struct thread *t, int wait)
{
    uint64_t rings = 0;
    struct pollfd p = {bell, POLLIN, 0};
    if ((wait || poll(&p, 1, 0) > 0) && read(bell, &rings, sizeof rings) < 0)
        rings = 0;
    note(t, (int)rings);
}

static void look(struct thread *t, int within)
{
    struct pollfd p = {out[0], POLLIN, 0};
    note(t, poll(&p, 1, within * 1000) ? p.revents : 0);
}

static void ask(struct thread *t, int set, int wait)
{
    struct epoll_event e[2];
    int n = epoll_wait(set, e, 2, wait ? -1 : 0);
    for (int i = 0; i < n; i++)
        note(t, (int)(e[i].data.u32 * 100 + e[i].events));
}

static void handle(int sig)
{
    if (sig == SIGUSR1)
        atomic_fetch_add(&shared[0], 100);
    else
        atomic_store(&shared[1], atomic_load(&shared[0]) + 7);
}

static void listen_to(int sig, int flags)
{
    struct sigaction a = {.sa_handler = handle, .sa_flags = flags};
    sigemptyset(&a.sa_mask);
    sigaction(sig, &a, NULL);
}

static void mask_signals(int how, int first, int last)
{
    sigset_t set;
    sigemptyset(&set);
    for (int n = first; n <= last; n++)
        sigaddset(&set, n ? SIGUSR2 : SIGUSR1);
    pthread_sigmask(how, &set, NULL);
}

static void operate_signals(struct thread *t, char what, int n)
{
    switch (what) {
    case '!': pthread_kill(name_of(n), SIGUSR1); break;
    case '^': kill(getpid(), n ? SIGUSR2 : SIGUSR1); break;
    case '(': mask_signals(SIG_BLOCK, n, n); break;
    case ')': mask_signals(SIG_UNBLOCK, n, n); break;
    case '&': note(t, sem_wait(&sem[n]) == 0 ? 0 : errno); break;
    default: pause();
    }
}

static void operate_more(struct thread *t, char what, int n)
{
    switch (what) {
    case 'M': lock_until(t, n); break;
    case 'L': take_until(t, n); break;
    case 'n': note(t, plain[n]); break;
    case 'Q': plain[n] = t->id; break;
    case 'm': note(t, read_locked(n)); break;
    case 'G': write_locked(n, t->id); break;
    case 'X': copy_raw(n); break;
    case 'V': count_and_lock(t, n); break;
    case 'D': swap_box(); break;
    case 'F': pthread_once(&once, make); note(t, made); break;
    case 'J': count_own(t); break;
    case 'f': note(t, rand() % 5); break;
    case 'Z': pthread_cancel(name_of(n)); break;
    case 'z': pthread_testcancel(); break;
    case '!': case '^': case '(': case ')': case '&': case ';': operate_signals(t, what, n); break;
    case '>': write_to_hub(t); break;
    case '=': dup2(t->in[n], hub); break;
    case 'O':
        while (!atomic_load(&shared[n]))
            sched_yield();
        break;
    default: await(t, what, n);
    }
}

static void operate(struct thread *t, char what, int n)
{
    switch (what) {
    case 'l': pthread_mutex_lock(&mutex[n]); break;
    case 'u': pthread_mutex_unlock(&mutex[n]); break;
    case 't': try_lock(t, n); break;
    case 'r': note(t, atomic_load(&shared[n])); break;
    case 'w': atomic_store(&shared[n], t->id); break;
    case 'a': note(t, atomic_fetch_add(&shared[n], 10)); break;
    case 'x': note(t, atomic_exchange(&shared[n], t->id)); break;
    case 'c': count(t, n); break;
    case 'S': case 'A': announce(what, n); break;
    case 'N': pthread_cond_signal(&cond); break;
    case 's': sleep((unsigned)n); break;
    case 'y': sched_yield(); break;
    case 'p': sem_wait(&sem[n]); break;
    case 'v': sem_post(&sem[n]); break;
    case 'q': note(t, sem_trywait(&sem[n]) != 0); break;
    case 'R': read_guarded(t, n); break;
    case 'E': add_guarded(t, n); break;
    case 'k': exchange_zero(t, n); break;
    case 'g': count_of(t, n); break;
    case 'h': case 'H': try_guarded(t, n, what == 'H'); break;
    case 'j': read_in_time(t, n); break;
    case 'd': note(t, pthread_barrier_wait(&barrier_three) != 0); break;
    case 'T': await_until(t, n); break;
    case 'i': write_byte(t, n); break;
    case 'o': read_byte(t, n); break;
    case 'K': close_end(t, n); break;
    case 'P': look(t, n); break;
    case 'e': ask(t, epoll, n); break;
    case 'Y': ask(t, edges, n); break;
    case '%': note(t, sem_wait(&sem[n]) == 0 ? 0 : errno); break;
    case 'C': ring((uint64_t)n + 1); break;
    case 'U': take_rings(t, n); break;
    case 'b': note(t, pthread_barrier_wait(&barrier) != 0); break;
    default: operate_more(t, what, n);
    }
}

static void *run(void *arg)
{
    struct thread *t = arg;
    if (signals)
        mask_signals(SIG_UNBLOCK, 0, 1);
    for (const char *p = t->code; *p && *p != '/'; p += 2)
        operate(t, p[0], p[1] - '0');
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t id[THREADS];
    int n = 0;
    if (argc != 2)
        return 2;
    for (const char *p = argv[1]; *p && n < THREADS; n++) {
        threads[n].quiet = *p == '-';
        p += *p == '-';
        threads[n].code = p;
        threads[n].id = n + 1;
        while (*p && *p != '/')
            p++;
        if (*p)
            p++;
    }
    pthread_barrier_init(&barrier, NULL, 2);
    pthread_key_create(&key, NULL);
    pthread_mutex_lock(&names); /* nobody cancels a thread that is not there yet */
    pthread_barrier_init(&barrier_three, NULL, 3);
    if (strpbrk(argv[1], "!^();&")) {
        signals = 1;
        listen_to(SIGUSR1, 0);
        listen_to(SIGUSR2, SA_RESTART);
        mask_signals(SIG_BLOCK, 0, 1);
    }
    if (strchr(argv[1], '%'))
        lab_interrupts(2);
    if (strpbrk(argv[1], "CU"))
        bell = eventfd(0, 0);
    if (strpbrk(argv[1], "ioKPeY>="))
        open_pipes(n, argv[1]);
    for (int i = 0; i < 2; i++)
        sem_init(&sem[i], 0, i);
    for (int i = 0; i < n; i++) {
        pthread_create(&id[i], NULL, run, &threads[i]);
        threads[i].self = id[i];
    }
    pthread_mutex_unlock(&names);
    for (int i = 0; i < n; i++)
        pthread_join(id[i], NULL);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < threads[i].used; k++)
            printf("%d:%d ", i + 1, threads[i].log[k]);
    free(box);
    printf("= %d %d %d %d %d %d\n", shared[0], shared[1], counter[0], counter[1], raw[0], raw[1]);
    return 0;
}

/* check.c - clients on the same loop: what they send, in which pieces, and what they must get, and when. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <lab/check.h>
#include <string.h>
#include <sys/socket.h>

#include "echo-server.h"

/* 70000 bytes; a socket of the lab takes 65536. */
#define TEN(text) text text text text text text text text text text
static const char long_text[] = TEN(TEN(TEN(TEN("chai 5\n"))));
static const char *why_closed = "", *why_cut = ""; /* the belief with which a connection ends too early in this test */

const char *menu = "chai 5\n";
size_t menu_size = 7;

struct guest {
    const char *name;
    int fd;
    size_t got;        /* bytes of `text` */
    char text[200];    /* what came, but for the menu */
    size_t menu_bytes; /* what came of a long menu */
    int ended;         /* the server has closed it */
};
static struct guest a = {.name = "guest A"}, b = {.name = "guest B"};
static struct guest *waits;   /* who waits for an answer, and for which */
static const char *waits_for;
static struct sockaddr_in address;
static int at; /* the bookmark of the script */

/* ---- what guests do ------------------------------------------------------------------- */

static void comes(struct guest *g)
{
    g->fd = socket(AF_INET, SOCK_STREAM, 0);
    lab_check(connect(g->fd, (struct sockaddr *)&address, sizeof address) == 0, "%s cannot connect", g->name);
    fcntl(g->fd, F_SETFL, O_NONBLOCK);
}

static void says(struct guest *g, const char *text)
{
    for (size_t n = strlen(text); n > 0;) {
        ssize_t sent = send(g->fd, text, n, MSG_NOSIGNAL);
        lab_check(sent > 0, "%s cannot send \"%s\": the connection was closed", g->name, text);
        text += sent;
        n -= (size_t)sent;
    }
}

static void leaves(struct guest *g)
{
    close(g->fd);
}

static void take_menu(struct guest *g, const char *bytes, size_t n)
{
    lab_check(g->menu_bytes + n <= menu_size && memcmp(menu + g->menu_bytes, bytes, n) == 0,
              "%s gets a wrong menu: from byte %zu on it is another text", g->name, g->menu_bytes);
    g->menu_bytes += n;
}

static void take_text(struct guest *g, const char *bytes, size_t n)
{
    lab_check(g->got + n < sizeof g->text, "%s gets more than it has asked for: \"%s\"", g->name, g->text);
    memcpy(g->text + g->got, bytes, n);
    g->got += n;
    g->text[g->got] = '\0';
}

/* The menu, and then an answer. */
static void take_both(struct guest *g, const char *bytes, size_t n)
{
    size_t left = menu_size - g->menu_bytes, first = n < left ? n : left;
    take_menu(g, bytes, first);
    if (n > first)
        take_text(g, bytes + first, n - first);
}

/* Reads what is there. */
static void listens(struct guest *g, void (*take)(struct guest *, const char *, size_t))
{
    char bytes[4096];
    ssize_t n;
    while ((n = read(g->fd, bytes, sizeof bytes)) > 0)
        take(g, bytes, (size_t)n);
    g->ended |= n == 0;
}

static bool has(struct guest *g, const char *text)
{
    listens(g, take_text);
    lab_check(strncmp(g->text, text, g->got) == 0, "%s gets \"%s\", and should get \"%s\"", g->name, g->text, text);
    lab_check(!g->ended || g->got >= strlen(text),
              "%sthe connection of %s was closed, and it still waits for \"%s\"", why_closed, g->name, text + g->got);
    waits = g;
    waits_for = text + g->got;
    return g->got == strlen(text);
}

static bool has_menu(struct guest *g)
{
    listens(g, take_menu);
    lab_check(!g->ended || g->menu_bytes == menu_size,
              "%sthe connection of %s was closed after %zu of %zu bytes of the menu", why_cut, g->name, g->menu_bytes, menu_size);
    waits = g;
    waits_for = "the rest of the menu";
    return g->menu_bytes == menu_size;
}

static bool is_closed(struct guest *g)
{
    listens(g, take_text);
    waits = g;
    waits_for = "the end of its connection";
    return g->ended;
}

/* In a script: nobody goes on before it is there. */
#define UNTIL(there, guest)                                                                                            \
    if (!(there))                                                                                                      \
    return co_wait_fd(l, (guest).fd, POLLIN)

static void it_is(long ms)
{
    lab_check(!lab_ideal_clock() || lab_now_ms() >= ms, "%s has its answer after %ld ms; it takes %ld", waits->name,
              lab_now_ms(), ms);
    lab_require("late", !lab_ideal_clock() || lab_now_ms() <= ms, "%s has its answer after %ld ms, and not after %ld",
                waits->name, lab_now_ms(), ms);
}

/* ---- the stall ---------------------------------------------------------------------------- */

static const char *why_for_ever = ""; /* the belief that lets a guest of this test wait for ever */

/* Nobody waits for a minute. */
static int patience(loop_t *l, void *co)
{
    int *asleep = co;
    if (!(*asleep)++)
        return co_sleep(l, 60000);
    lab_check(!lab_ideal_clock(), "%s%s waits for \"%s\", for ever", why_for_ever, waits->name, waits_for);
    return CO_DONE;
}

static int listening_socket(void)
{
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    bind(fd, (struct sockaddr *)&address, sizeof address);
    listen(fd, 8);
    getsockname(fd, (struct sockaddr *)&address, &size);
    return fd;
}

static void play(step_fn script)
{
    int asleep = 0, fd = listening_socket();
    loop_t *l = loop_new();
    lab_no_polling();
    int rc = serve(l, fd);
    lab_check(rc == 0, "serve returned %d", rc);
    loop_spawn(l, patience, &asleep);
    loop_spawn(l, script, NULL);
    lab_loop(1, 500);
    loop_run(l);
    lab_loop(-1, 0);
    loop_free(l);
    close(fd);
    lab_no_descriptors_left();
    lab_require("leak", lab_heap_live() == 0, "%zu bytes of memory are left when the loop is freed", lab_heap_live());
}

/* The last part of most scripts: all guests have left; a moment later the server has noticed. */
static int last_part(loop_t *l, int before)
{
    lab_require("leak", !lab_ideal_clock() || lab_descriptors_open() == before,
                "M08 if what nobody uses any more were closed: "
                "all guests have left, and the server keeps %d connections open", lab_descriptors_open() - before);
    loop_stop(l);
    return CO_DONE;
}

/* ---- scenarios ------------------------------------------------------------------------------- */

static int open_before; /* descriptors, before anybody comes */

static int one_script(loop_t *l, void *co)
{
    switch (at) {
    case 0:
        open_before = lab_descriptors_open();
        comes(&a);
        says(&a, "ORDER Masala\n");
        at = 1; /* fall through */
    case 1:
        UNTIL(has(&a, "READY Masala\n"), a);
        it_is(2000);
        leaves(&a);
        at = 2;
        return co_sleep(l, 10);
    }
    return last_part(l, open_before);
}
SCENARIO(one, "a guest orders, gets it, and leaves", "M44", "14.1")
{
    why_for_ever = "M41 if the loop saw by itself what another thread has changed: ";
    play(one_script);
}

static int two_script(loop_t *l, void *co)
{
    switch (at) {
    case 0:
        open_before = lab_descriptors_open();
        comes(&a);
        comes(&b);
        says(&a, "ORDER Masala\n");
        says(&b, "ORDER Green\n");
        at = 1; /* fall through */
    case 1:
        UNTIL(has(&a, "READY Masala\n"), a);
        UNTIL(has(&b, "READY Green\n"), b);
        it_is(2000);
        leaves(&a);
        leaves(&b);
        at = 2;
        return co_sleep(l, 10);
    }
    return last_part(l, open_before);
}
SCENARIO(two, "two guests order at the same time", "M44", "14.1")
{
    why_for_ever = "M15 if there were one order at a time: ";
    play(two_script);
}

static int pieces_script(loop_t *l, void *co)
{
    switch (at++) {
    case 0:
        comes(&a);
        comes(&b);
        says(&a, "ORD");
        says(&b, "ORDER Gr");
        return co_sleep(l, 10);
    case 1:
        says(&a, "ER Masala\nHEL");
        return co_sleep(l, 10);
    case 2:
        says(&b, "een\n");
        return co_sleep(l, 10);
    case 3:
        says(&a, "LO\n"); /* fall through */
    default:
        listens(&a, take_text); /* a tea may be early under the hostile clock */
        UNTIL(has(&a, a.text[0] == 'R' ? "READY Masala\nSORRY\n" : "SORRY\nREADY Masala\n"), a);
        UNTIL(has(&b, "READY Green\n"), b);
    }
    leaves(&a);
    leaves(&b);
    loop_stop(l);
    return CO_DONE;
}
SCENARIO(pieces, "lines that come in pieces, from two guests", "M39", "14.4")
{
    play(pieces_script);
}

static int half_script(loop_t *l, void *co)
{
    switch (at) {
    case 0:
        open_before = lab_descriptors_open();
        comes(&a);
        says(&a, "HELLO\nORDER Ginger\n");
        shutdown(a.fd, SHUT_WR);
        at = 1; /* fall through */
    case 1:
        UNTIL(has(&a, "SORRY\nREADY Ginger\n"), a);
        it_is(2000);
        at = 2; /* fall through */
    case 2:
        UNTIL(is_closed(&a), a);
        leaves(&a);
    }
    return last_part(l, open_before);
}
SCENARIO(half_closed, "a guest who has no more to say still gets his order", "M40", "14.4")
{
    why_closed = "M40 if who has no more to say wanted no answer: ";
    play(half_script);
}

static int gone_script(loop_t *l, void *co)
{
    switch (at) {
    case 0:
        open_before = lab_descriptors_open();
        comes(&a);
        says(&a, "ORDER Masala\n");
        at = 1;
        return co_sleep(l, 500);
    case 1:
        says(&a, "ORDER Ginger\n");
        leaves(&a);
        at = 2;
        return co_sleep(l, 500);
    case 2:
        comes(&b);
        says(&b, "ORDER Green\n");
        at = 3; /* fall through */
    case 3:
        UNTIL(has(&b, "READY Green\n"), b);
        it_is(3000);
        leaves(&b);
        at = 4;
        return co_sleep(l, 10);
    }
    return last_part(l, open_before);
}
SCENARIO(gone, "a guest orders twice and leaves without it", "M36", "14.4")
{
    play(gone_script);
}

static int menu_script(loop_t *l, void *co)
{
    switch (at) {
    case 0:
        comes(&a);
        comes(&b);
        says(&a, "MENU\n"); /* and does not read */
        says(&b, "ORDER Green\n");
        at = 1; /* fall through */
    case 1:
        UNTIL(has(&b, "READY Green\n"), b);
        it_is(2000);
        leaves(&b);
        at = 2;
        return co_sleep(l, 3000);
    default:
        UNTIL(has_menu(&a), a);
        leaves(&a);
    }
    loop_stop(l);
    return CO_DONE;
}
SCENARIO(long_menu, "a long menu for a guest who does not read it for 5 seconds",
         "M39 if one send took everything", "14.1")
{
    menu = long_text;
    menu_size = sizeof long_text - 1;
    why_cut = "M36 if -1 always meant that it is over: ";
    play(menu_script);
}

/* The answer to the order is due while a part of the menu still waits to be read. */
static int half_menu_script(loop_t *l, void *co)
{
    switch (at) {
    case 0:
        comes(&a);
        says(&a, "MENU\nORDER Ginger\n"); /* and does not read */
        shutdown(a.fd, SHUT_WR);
        at = 1;
        return co_sleep(l, 3000);
    case 1:
        listens(&a, take_both);
        UNTIL(has_menu(&a), a);
        at = 2; /* fall through */
    case 2:
        UNTIL(has(&a, "READY Ginger\n"), a);
        at = 3; /* fall through */
    default:
        UNTIL(is_closed(&a), a);
        leaves(&a);
    }
    loop_stop(l);
    return CO_DONE;
}
SCENARIO(half_menu, "a menu and an order for a guest who has no more to say, and reads later", "M40", "14.4")
{
    menu = long_text;
    menu_size = sizeof long_text - 1;
    why_cut = "M39 if what was handed over were sent: ";
    play(half_menu_script);
}

#define SIXTY "ORDER the tea that my grandmother used to make, with ginger!"
static int odd_script(loop_t *l, void *co)
{
    switch (at) {
    case 0:
        comes(&a);
        comes(&b);
        says(&a, "MENUS\nORDERS\nORDER\nmenu\n" SIXTY "\n");
        says(&b, SIXTY "!\n");
        at = 1; /* fall through */
    default:
        UNTIL(has(&a, "SORRY\nSORRY\nSORRY\nSORRY\nREADY the tea that my grandmother used to make, with ginger!\n"), a);
        UNTIL(is_closed(&b), b);
        lab_check(b.got == 0, "guest B sends a line of 61 bytes, and gets \"%s\"", b.text);
    }
    leaves(&a);
    leaves(&b);
    loop_stop(l);
    return CO_DONE;
}
SCENARIO(odd_lines, "words that nobody knows, a line of 60 bytes, and one of 61", "", "14.4")
{
    play(odd_script);
}

static int long_script(loop_t *l, void *co)
{
    switch (at) {
    case 0:
        comes(&a);
        says(&a, "ORDER the tea that my grandmother used to make, with ginger, with cardamom,");
        says(&a, " with a little pepper, and with more milk than water, if you please, thank you");
        at = 1; /* fall through */
    case 1:
        UNTIL(is_closed(&a), a);
        leaves(&a);
    }
    loop_stop(l);
    return CO_DONE;
}
SCENARIO(long_line, "a line that is too long", "M39 if no line were ever too long", "14.4")
{
    play(long_script);
}

static int short_script(loop_t *l, void *co)
{
    switch (at) {
    case 0:
        comes(&a);
        says(&a, "MENU\nHELLO\n");
        lab_short_io(1);
        at = 1; /* fall through */
    default:
        UNTIL(has(&a, "chai 5\nSORRY\n"), a);
        leaves(&a);
    }
    loop_stop(l);
    return CO_DONE;
}
SCENARIO(short_count, "a read or a write moves less than it could", "M39", "14.4")
{
    play(short_script);
}

/* One guest after the other, each with the same question, and a second between them. */
enum { GUESTS = 6 };

static int guests_script(loop_t *l, void *co)
{
    if (at % 2) {
        UNTIL(has(&a, "SORRY\n"), a);
        leaves(&a);
        a = (struct guest){.name = "the next guest"};
        at++;
        return co_sleep(l, 1000);
    }
    if (at++ == 2 * GUESTS) {
        loop_stop(l);
        return CO_DONE;
    }
    comes(&a);
    says(&a, "HELLO\n");
    return co_wait_fd(l, a.fd, POLLIN);
}
SCENARIO(six_guests, "six guests, one after the other", "M15 if there were only so many guests as one thinks of", "14.1")
{
    play(guests_script);
}

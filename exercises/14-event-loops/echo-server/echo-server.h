/* echo-server.h - a stall that takes orders over the network, with one thread. */
#ifndef ECHO_SERVER_H
#define ECHO_SERVER_H

#include <lab/loop.h>
#include <stddef.h>

enum { LINE_MOST = 60 }; /* bytes in a line, without its '\n' */

/* Serves everybody who connects to listen_fd: a socket that listens already, and does not block. Adds its tasks to
 * the loop and returns 0 at once; it serves until the loop is freed, and leaves listen_fd open.
 *
 * A client sends lines, each with '\n' at its end:
 *
 *     ORDER NAME    2 seconds later it gets "READY NAME\n"
 *     MENU          it gets the menu
 *     anything else it gets "SORRY\n"
 *
 * Its answers come complete, each as soon as it is due, whether the client reads fast or slowly, and however slow
 * the others are. A client that says that it has no more to say (read returns 0) still gets the answers it has
 * ordered; then its connection is closed. One that sends a longer line, or is gone when it is to get an answer, is
 * closed, and nobody else notices. */
int serve(loop_t *l, int listen_fd);

/* The menu. It may be more than a socket takes at once. */
extern const char *menu;
extern size_t menu_size;

#endif

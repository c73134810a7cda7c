/* A child has three notes for its parent, and the pipe holds two. The parent waits for the child first, and means to
 * read afterwards. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOTE = 2048, ROOM = 2 * NOTE };

static char note[NOTE];
static int notes[2]; /* a pipe, with room for two */

static void child(void)
{
    for (int i = 0; i < 3; i++)
        (void)!write(notes[1], note, NOTE); // 1 step
    _exit(0);                               // 1 step
}

static void drain(void)
{
    for (int i = 0; i < 3; i++)
        (void)!read(notes[0], note, NOTE); // 1 step
}

int main(void)
{
    if (pipe(notes) != 0) // 1 step
        return 1;
    fcntl(notes[1], F_SETPIPE_SZ, ROOM); // 1 step
    pid_t c = fork(); // 1 step
    if (c == 0)
        child();
#ifdef DRAIN_FIRST
    drain();
#endif
    waitpid(c, NULL, 0); // 1 step
#ifndef DRAIN_FIRST
    drain();
#endif
    return 0; // 1 step
}

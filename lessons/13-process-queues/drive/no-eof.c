/* A child writes one note and goes home. The parent reads until the end; of the pipe's end for writing it has a
 * descriptor, too. */
#include <sys/wait.h>
#include <unistd.h>

static int notes[2]; /* a pipe */

static void child(void)
{
    (void)!write(notes[1], "chai", 4); // 1 step
    _exit(0);                          // 1 step; closes what the child has open
}

int main(void)
{
    char text[16];
    if (pipe(notes) != 0) // 1 step
        return 1;
    if (fork() == 0) // 1 step
        child();
#ifdef CLOSES
    close(notes[1]); // 1 step
#endif
    while (read(notes[0], text, sizeof text) > 0) // 1 step each
        ;
    wait(NULL); // 1 step
    return 0;   // 1 step
}

// expect: pass none; complete
// On a terminal whole lines do not wait for fork, and it stays so when descriptor 1 leads elsewhere later.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int ends[2], screen = dup(1);
    char text[32];
    puts("on the terminal");
    if (pipe(ends) != 0 || dup2(ends[1], 1) != 1)
        return 2;
    puts("tea");
    if (fork() == 0)
        exit(0);
    wait(NULL);
    fflush(stdout);
    dup2(screen, 1);
    close(screen);
    close(ends[1]);
    ssize_t n = read(ends[0], text, sizeof text);
    close(ends[0]);
    return n != 4;
}

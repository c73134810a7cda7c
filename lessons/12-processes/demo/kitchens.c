/* kitchens: three processes that print their ids, two that do a job each, and one that starts this program anew. As
 * lesson 12 shows them beside their Python twins. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* region: pids */
static void cook(void) //= 1
{
    printf("kitchen %d\n", (int)getpid()); //= 2
    fflush(stdout);
}

static void open_three(void)
{
    pid_t kitchen[3];
    for (int i = 0; i < 3; i++) {
        kitchen[i] = fork(); //= 3
        if (kitchen[i] == 0) {
            cook();
            _exit(0);
        }
    }
    for (int i = 0; i < 3; i++)
        waitpid(kitchen[i], NULL, 0); //= 4
}
/* endregion */

/* region: start */
static pid_t start(void (*job)(void))
{
    fflush(stdout); /* before there are two of it */
    pid_t child = fork();
    if (child == 0) {
        job();
        fflush(stdout);
        _exit(0);
    }
    return child;
}
/* endregion */

/* region: two */
static void bake(void) //= 5
{
    printf("baking ...\n"); //= 6
}

static void open_two(void)
{
    pid_t p1 = start(bake); //= 7
    pid_t p2 = start(bake); //= 8
    waitpid(p1, NULL, 0); //= 9
    waitpid(p2, NULL, 0); //= 10
}
/* endregion */

/* region: spawn */
static pid_t spawn(char *myself)
{
    pid_t child = fork();
    if (child == 0) {
        execl(myself, myself, "--child", (char *)NULL);
        _exit(127); /* only if there is no such program */
    }
    return child;
}
/* endregion */

/* region: guard */
int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--child") == 0) { //= 11
        bake();
        return 0;
    }
    open_three(); //= 12
    open_two();
    waitpid(spawn(argv[0]), NULL, 0);
    return 0;
}
/* endregion */

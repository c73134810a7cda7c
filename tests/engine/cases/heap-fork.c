// expect: pass none; complete
// Parent and child each free their copy of a block, and what ended children held counts no more.
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    char *both = malloc(1000);
    memset(both, 1, 1000);
    for (int i = 0; i < 10; i++) {
        pid_t child = fork();
        if (child == 0) {
            char *own = malloc(2000000);
            own[0] = both[0];
            free(own);
            free(both); /* counted as held here, too: else less than nothing is held now */
            char *small = malloc(50);
            small[0] = 1;
            char *large = malloc(2000000);
            large[0] = 1;
            _exit(0);
        }
        waitpid(child, NULL, 0);
    }
    free(both);
    char *more = malloc(50);
    more[0] = 2;
    free(more);
    return 0;
}

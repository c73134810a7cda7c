// expect: limit call_refused
#include <spawn.h>
#include <sys/wait.h>

int main(void)
{
    char *words[] = {"true", NULL};
    pid_t child;
    posix_spawnattr_t at;
    posix_spawnattr_init(&at);
    posix_spawnattr_setflags(&at, POSIX_SPAWN_SETPGROUP);
    posix_spawnp(&child, words[0], NULL, &at, words, NULL);
    waitpid(child, NULL, 0);
    return 0;
}

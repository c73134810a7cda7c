// expect: deadlock deadlock_wait
// The cat keeps the write end it inherited, so what it reads never ends.
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int ends[2];
    char *words[] = {"cat", NULL};
    pid_t child;
    posix_spawn_file_actions_t actions;
    pipe(ends);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0);
    posix_spawnp(&child, words[0], &actions, NULL, words, NULL);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    waitpid(child, NULL, 0);
    return 0;
}

// expect: pass none; complete
#include <assert.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int ends[2], status;
    char got[16] = "", *words[] = {"echo", "two", "teas", NULL};
    pid_t child;
    posix_spawn_file_actions_t actions;
    pipe(ends);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    assert(posix_spawnp(&child, words[0], &actions, NULL, words, NULL) == 0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    assert(read(ends[0], got, sizeof got) == 9 && strcmp(got, "two teas\n") == 0);
    assert(read(ends[0], got, sizeof got) == 0);
    assert(waitpid(child, &status, 0) == child && WIFEXITED(status));
    return 0;
}

// expect: leak orphan
#include <spawn.h>
#include <unistd.h>

int main(void)
{
    char *words[] = {"true", NULL};
    pid_t child;
    return posix_spawnp(&child, words[0], NULL, NULL, words, NULL);
}

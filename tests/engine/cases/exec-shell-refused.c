// expect: limit call_refused
#include <unistd.h>

int main(void) { return execlp("sh", "sh", "-c", "echo a | cat", (char *)NULL); }

// expect: crash stack_overflow
#include <string.h>

int main(void)
{
    char room[32 << 20];
    memset(room, 0, sizeof room);
    return room[5];
}

// expect: crash stack_overflow
static int deep(int n)
{
    volatile char room[400];
    room[0] = (char)n;
    return deep(n + 1) + room[0];
}

int main(void) { return deep(0); }

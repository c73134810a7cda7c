// expect: crash stack_overflow
static int deep(int n) { return n < 0 ? 0 : deep(n + 1) + 1; }

int main(void) { return deep(1); }

// expect: crash dead_stack
// aarch64: crash|wrong
// The address of a local variable, used after its function has returned.
static int *count(void)
{
    int n = 5;
    int *volatile where = &n;
    return where;
}

int main(void)
{
    int *n = count();
    return *n != 5;
}

// expect: crash stack_smashed
// The second call counts too many elements: past the array, over the place where the function is to return to.
static void fill(int *a, int n)
{
    for (int i = 0; i < n; i++)
        a[i] = 7;
}

static void work(int n)
{
    int a[4];
    fill(a, n);
}

int main(void)
{
    work(4);
    work(40);
    return 0;
}

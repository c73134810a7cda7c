// expect: crash division
// aarch64: pass
int main(int argc, char **argv)
{
    (void)argv;
    return 10 / (argc - 1);
}

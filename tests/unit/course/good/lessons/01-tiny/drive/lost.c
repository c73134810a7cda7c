static int c;
int main(void) { return c; }

// expect: wrong exit_status
int main(void) { return 3; }

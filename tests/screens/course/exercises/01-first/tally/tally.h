extern int total;
void count(void);

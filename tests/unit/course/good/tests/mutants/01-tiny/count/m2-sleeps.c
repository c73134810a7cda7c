// mutant: sleeps
// expect: limit
// belief: M09 only writers

int count(void);

/* mutant: counts nothing,
 *   ever
 * expect: RACE in two_by_two, message contains "total 2 of 4"
 * belief: M04 one step */
int count(void);

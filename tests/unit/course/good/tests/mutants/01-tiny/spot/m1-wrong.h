/* mutant: wrong 1
 * expect: wrong
 * belief: M09 */

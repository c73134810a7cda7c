/* mutant: wrong 2
 * expect: wrong
 * belief: M09 */

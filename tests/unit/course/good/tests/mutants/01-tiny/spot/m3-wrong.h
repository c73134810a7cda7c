/* mutant: wrong 3
 * expect: wrong
 * belief: M09 */

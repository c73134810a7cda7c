
/* mutant: waits
   expect: Deadlock in a-b
   belief: M04 */

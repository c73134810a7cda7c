"""Three helpers, two rounds: nobody starts round two early.

Run it: python3 rounds.py
"""
import threading

# region: rounds
all_done = threading.Barrier(3)                  #= 1

def helper(name):                                #= 2
    for number in (1, 2):                        #= 3
        print(name, "works")                     #= 4
        r = all_done.wait()                      #= 5
        if r == 0:                               #= 6
            print("round", number, "is over")    #= 7
# endregion


def main():
    helpers = [threading.Thread(target=helper, args=(name,)) for name in ("Asha", "Ben", "Cem")]
    for thread in helpers:
        thread.start()
    for thread in helpers:
        thread.join()


if __name__ == "__main__":
    main()

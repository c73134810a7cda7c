"""Three helpers, two rounds: nobody starts round two early.

Run it: python3 rounds.py
"""
import threading

all_done = threading.Barrier(3)

# region: rounds
def helper(name):                                #= 1
    for number in (1, 2):                        #= 2
        print(name, "works")                     #= 3
        r = all_done.wait()                      #= 4
        if r == 0:                               #= 5
            print("round", number, "is over")    #= 6
# endregion


def main():
    helpers = [threading.Thread(target=helper, args=(name,)) for name in ("Asha", "Ben", "Cem")]
    for thread in helpers:
        thread.start()
    for thread in helpers:
        thread.join()


if __name__ == "__main__":
    main()

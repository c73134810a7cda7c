"""Three processes that print their ids, and two that do a job each."""
import os
from multiprocessing import Process


# region: pids
def cook():                                        #= 1
    print("kitchen", os.getpid())                  #= 2


def open_three():
    kitchens = []
    for _ in range(3):
        p = Process(target=cook)
        p.start()                                  #= 3
        kitchens.append(p)
    for p in kitchens:
        p.join()                                   #= 4
# endregion


# region: two
def bake():                                        #= 5
    print("baking ...")                            #= 6


def open_two():
    p1 = Process(target=bake)
    p2 = Process(target=bake)
    p1.start()                                     #= 7
    p2.start()                                     #= 8
    p1.join()                                      #= 9
    p2.join()                                      #= 10
# endregion


# region: guard
if __name__ == "__main__":                         #= 11
    open_three()                                   #= 12
    open_two()
# endregion

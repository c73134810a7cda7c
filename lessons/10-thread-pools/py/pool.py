"""A pool of three workers: hand over three waits, one result, four squares, and a task that fails."""
import time
from concurrent.futures import ThreadPoolExecutor


# region: three
def brew(order):                                       #= 1
    time.sleep(2)                                      #= 2
    print("ready:", order)                             #= 3


def serve():
    with ThreadPoolExecutor(max_workers=3) as pool:    #= 4
        for order in ("masala", "green", "ginger"):
            pool.submit(brew, order)                   #= 5
# endregion


# region: square
def square(n):                                         #= 6
    return n * n                                       #= 7


def ask(pool):
    future = pool.submit(square, 5)                    #= 8
    print(future.result())                             #= 9
# endregion


# region: map
def ask_many(pool):
    for result in pool.map(square, [1, 2, 3, 4]):      #= 10
        print(result)                                  #= 11
# endregion


# region: fail
def burn():
    raise RuntimeError("burnt")                        #= 12


def ask_in_vain(pool):
    future = pool.submit(burn)                         #= 13
    try:
        future.result()                                #= 14
    except RuntimeError as error:
        print("failed:", error)                        #= 15
# endregion


if __name__ == "__main__":
    serve()
    with ThreadPoolExecutor(max_workers=3) as shop:
        ask(shop)
        ask_many(shop)
        ask_in_vain(shop)

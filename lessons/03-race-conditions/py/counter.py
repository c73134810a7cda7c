"""Two helpers restock one shelf, a hundred thousand cups each.

Run it a few times: python3 counter.py
"""
import threading
import time

# region: restock
chai_stock = 0                    #= 1

def restock():                    #= 2
    global chai_stock
    for _ in range(100000):       #= 3
        chai_stock += 1           #= 4
# endregion


def main():
    helpers = [threading.Thread(target=restock) for _ in range(2)]
    for helper in helpers:
        helper.start()
    for helper in helpers:
        helper.join()
    print("chai stock:", chai_stock, "of", 200000)


def watch(runs):
    """The same thing several times, with a breath between the runs."""
    global chai_stock
    for _ in range(runs):
        chai_stock = 0
        main()
        time.sleep(1)


if __name__ == "__main__":
    watch(3)

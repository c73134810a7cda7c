"""Two helpers restock one shelf, with a lock.

Run it a few times: python3 stock.py
"""
import threading
import time

# region: restock
lock = threading.Lock()           #= 1
chai_stock = 0                    #= 2

def restock():                    #= 3
    global chai_stock
    for _ in range(100000):       #= 4
        with lock:                #= 5
            chai_stock += 1       #= 6
# endregion


def main():
    global chai_stock
    chai_stock = 0
    helpers = [threading.Thread(target=restock) for _ in range(2)]
    for helper in helpers:
        helper.start()
    for helper in helpers:
        helper.join()
    print("chai stock:", chai_stock, "of", 200000)


if __name__ == "__main__":
    for _ in range(3):
        main()
        time.sleep(1)

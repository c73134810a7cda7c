"""Two threads, started and waited for; then three with an argument each."""
import threading
import time

# region: task
def brew():                                       #= 1
    print("kettle on")                            #= 2
    time.sleep(2)                                 #= 3
    print("kettle boils")                         #= 4
# endregion


def two_kettles():
    # region: two
    a = threading.Thread(target=brew)             #= 5
    b = threading.Thread(target=brew)
    a.start()                                     #= 6
    b.start()                                     #= 7
    a.join()                                      #= 8
    b.join()                                      #= 9
    # endregion


# region: pour
class Order:                                      #= 10
    def __init__(self, name):
        self.name = name
        self.cups = 0


def pour(order):                                  #= 11
    order.cups = len(order.name)                  #= 12
# endregion


def three_orders():
    # region: orders
    orders = [Order(n) for n in ("masala", "green", "ginger")]   #= 13
    threads = []
    for order in orders:                          #= 14
        t = threading.Thread(target=pour, args=(order,))
        t.start()                                 #= 15
        threads.append(t)
    for t, order in zip(threads, orders):         #= 16
        t.join()                                  #= 17
        print(f"{order.name}: {order.cups}")      #= 18
    # endregion


if __name__ == "__main__":
    two_kettles()
    three_orders()

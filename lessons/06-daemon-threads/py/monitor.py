"""Two monitors that go on for ever: one is a daemon, the other is not.

It does not end by itself, so it is stopped from outside when run as a script.
"""
import os
import threading
import time

# region: monitor
def monitor_tea():                                        #= 1
    while True:                                           #= 2
        print("tea is hot")                               #= 3
        time.sleep(2)                                     #= 4


def open_shop():
    d = threading.Thread(target=monitor_tea, daemon=True)
    d.start()                                             #= 5
    t = threading.Thread(target=monitor_tea)
    t.start()                                             #= 6
    print("main is done")                                 #= 7
# endregion


if __name__ == "__main__":
    threading.Timer(5, os._exit, [0]).start()
    open_shop()

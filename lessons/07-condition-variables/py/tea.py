"""One waits until the tea is ready, the other makes it: a condition and its predicate."""
import threading

# region: tea
tea = threading.Condition()                               #= 1
ready = False                                             #= 2


def wait_for_tea():                                       #= 3
    with tea:                                             #= 4
        while not ready:                                  #= 5
            tea.wait()                                    #= 6


def tea_is_ready():                                       #= 7
    global ready
    with tea:                                             #= 8
        ready = True                                      #= 9
        tea.notify_all()                                  #= 10
# endregion


if __name__ == "__main__":
    guest = threading.Thread(target=wait_for_tea)
    guest.start()
    tea_is_ready()
    guest.join()
    print("drunk")

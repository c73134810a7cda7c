"""Three threads that nap: the GIL is let go while they wait. And what this Python says about its GIL.

Run it: python3 gil.py
"""
import sys
import threading
import time


# region: nap
def nap(name):                             #= 1
    time.sleep(1)                          #= 2
    print(name, "is awake")                #= 3
# endregion


def ask():
    print(sys.getswitchinterval())         # 0.005: seconds
    has_gil = getattr(sys, "_is_gil_enabled", lambda: True)
    print(has_gil())                       # from 3.13 on; before that always True


def main():
    threads = [threading.Thread(target=nap, args=(name,)) for name in ("Asha", "Ben", "Cem")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ask()


if __name__ == "__main__":
    main()

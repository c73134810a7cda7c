"""At most three brews at a time.

Run it: python3 tokens.py
"""
import threading
import time

# region: burners
burners = threading.Semaphore(3)      #= 1

def brew(tea):                        #= 2
    burners.acquire()                 #= 3
    time.sleep(1)                     #= 4
    burners.release()                 #= 5
    print(tea, "is ready")            #= 6
# endregion


def main():
    cooks = [threading.Thread(target=brew, args=(n,)) for n in range(8)]
    for cook in cooks:
        cook.start()
    for cook in cooks:
        cook.join()


if __name__ == "__main__":
    main()

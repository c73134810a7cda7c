"""Two tasks, two locks, opposite order.

Run it a few times: python3 locks.py
"""
import threading
import time

# region: tasks
spoon = threading.Lock()          #= 1
sieve = threading.Lock()          #= 2

def brew():                       #= 3
    with spoon:                   #= 4
        with sieve:               #= 5
            print("brewed")       #= 6

def clean():                      #= 7
    with sieve:                   #= 8
        with spoon:               #= 9
            print("cleaned")      #= 10
# endregion


def main():
    cooks = [threading.Thread(target=task, daemon=True) for task in (brew, clean)]
    for cook in cooks:
        cook.start()
    for cook in cooks:
        cook.join(timeout=1)
    if any(cook.is_alive() for cook in cooks):
        print("stuck: each waits for the other")


if __name__ == "__main__":
    for _ in range(3):
        main()
        time.sleep(1)

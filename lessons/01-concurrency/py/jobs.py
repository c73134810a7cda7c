"""A waiting job and a computing job.

Look at real and user: time python3 jobs.py
"""
import time

# region: wait
def wait_for_water():             #= 1
    time.sleep(2)                 #= 2
# endregion


# region: compute
def add_squares(n):               #= 3
    total = 0                     #= 4
    for i in range(n):            #= 5
        total += i * i            #= 6
    return total                  #= 7
# endregion


if __name__ == "__main__":
    wait_for_water()
    print(add_squares(1_000_000))

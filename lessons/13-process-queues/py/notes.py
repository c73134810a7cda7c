"""A child process has a note for its parent, through a queue. And a function applied to many numbers by processes."""
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Process, Queue


# region: queue
def worker(notes):                                  #= 1
    notes.put("chai is ready")                      #= 2


def hello():
    notes = Queue()                                 #= 3
    child = Process(target=worker, args=(notes,))
    child.start()                                   #= 4
    print(notes.get())                              #= 5
    child.join()                                    #= 6
# endregion


# region: pool
def add_up(n):                                      #= 7
    return sum(range(n))


def process_data():
    with ProcessPoolExecutor(max_workers=4) as pool:
        for total in pool.map(add_up, [50_000, 100_000, 200_000]):  #= 8
            print(total)                            #= 9
# endregion


if __name__ == "__main__":
    hello()
    process_data()

"""Blocking calls and an event loop: the wrong way, on a thread, in a process; and a thread beside a loop."""
import asyncio
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


class requests:
    """Stands in for the package of that name, which waits just as this does."""

    status_code = 200

    @staticmethod
    def get(url):
        time.sleep(3)
        return requests


# region: blocking
async def tell_price():                                   #= 1
    response = requests.get("https://example.com")        #= 2
    print(response.status_code)                           #= 3
# endregion


# region: offload
def check_stock(item):                                    #= 1
    time.sleep(3)                                         #= 2
    return f"{item}: 42"                                  #= 3


async def serve():
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor() as pool:                    #= 4
        reply = await loop.run_in_executor(               #= 5
            pool, check_stock, "masala")
        print(reply)
# endregion


# region: process
def encrypt(text):
    return text[::-1]


async def send():
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor() as pool:                   #= 1
        text = await loop.run_in_executor(                #= 2
            pool, encrypt, "card 1234")
        print(text)                                       #= 3
# endregion


# region: thread
def watch_health():                                       #= 1
    while True:
        time.sleep(1)                                     #= 2
        print("Logging system health")                    #= 3


def start_watching():
    threading.Thread(target=watch_health,                 #= 4
                     daemon=True).start()                 #= 5
# endregion


# region: loop
async def fetch_orders():                                 #= 1
    await asyncio.sleep(3)                                #= 2
    print("Order fetched")                                #= 3


def open_shop():
    asyncio.run(fetch_orders())                           #= 4
# endregion


if __name__ == "__main__":
    asyncio.run(tell_price())
    asyncio.run(serve())
    asyncio.run(send())
    start_watching()
    open_shop()

"""One chai, and three at the same time, with asyncio."""
import asyncio


# region: chai
async def brew_chai():                     #= 1
    print("Brewing chai...")               #= 2
    await asyncio.sleep(2)                 #= 3
    print("Chai is ready")                 #= 4


def one_chai():
    chai = brew_chai()                     #= 5
    asyncio.run(chai)                      #= 6
# endregion


# region: brew
async def brew(name):                      #= 1
    print(f"Brewing {name}...")            #= 2
    await asyncio.sleep(3)                 #= 3
    print(f"{name} is ready...")           #= 4
# endregion


# region: serve
async def serve():
    names = "Masala", "Green", "Ginger"
    brews = [brew(name) for name in names]  #= 5
    await asyncio.gather(*brews)           #= 6
    print("all served")
# endregion


# region: fetch
async def fetch(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)  #= 1
    writer.write(b"GET /price HTTP/1.0\r\n\r\n")
    answer = await reader.read()           #= 2
    writer.close()                         #= 3
    return answer


async def fetch_three(port):
    tasks = [fetch(port) for _ in range(3)]
    results = await asyncio.gather(*tasks)
    print(len(results), "answers")
# endregion


async def slow_server(reader, writer):
    await reader.readline()
    await asyncio.sleep(2)
    writer.write(b"HTTP/1.0 200 OK\r\n\r\n20 rupees")
    writer.close()


async def ask_three_times():
    server = await asyncio.start_server(slow_server, "127.0.0.1", 0)
    await fetch_three(server.sockets[0].getsockname()[1])
    server.close()


if __name__ == "__main__":
    one_chai()
    asyncio.run(serve())
    asyncio.run(ask_three_times())

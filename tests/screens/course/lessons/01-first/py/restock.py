# region: restock
def restock(n):  #= 2
    global stock
    for _ in range(n):
        stock += 1  #= 1
# endregion

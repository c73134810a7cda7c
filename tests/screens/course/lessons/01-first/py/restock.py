# region: restock
def restock(n):
    global stock
    for _ in range(n):
        stock += 1  #= 1
# endregion

# region: inc
def inc():
    global c
    c += 1  #= 2
# endregion

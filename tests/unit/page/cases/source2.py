@decorator
async def brew(self, name="chai"):
    """A docstring
    over two lines."""
    for i in range(10):  # comment
        self.cups += 1
    return f'{name}'

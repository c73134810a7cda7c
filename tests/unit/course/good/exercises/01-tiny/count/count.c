int count(void)
{
    // region: arrange
    return 0;
    // endregion
}

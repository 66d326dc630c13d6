"""What needs a second person (nhập bù, đính chính): the list, and the sheet to write on while there is no power."""

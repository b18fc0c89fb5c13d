"""Lines of digits drawn for training, framed as the program frames them, and the net that reads them."""

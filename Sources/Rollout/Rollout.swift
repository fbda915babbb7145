// The first file of the module; it goes when the first real one comes.

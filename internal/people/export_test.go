package people

// Read reads a table of cultures.
var Read = read

package api

// Identified is what every route of the API goes through.
var Identified = identified

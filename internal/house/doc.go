// Package house holds the rules of the house as tests.
//
// It promises that a broken rule fails the build: floors and pure rooms
// (internal/floors.txt), package docs, names of packages, length of files, the
// module file, a reason and a licence for every dependency, and documents
// whose links and commands exist. Imports are read in this process, because
// the test cache does not see what a subprocess reads.
//
// It holds no code of the product and nothing imports it.
package house

// Package bench measures Interdict: whether the index loses a name, how well
// names are told apart, what a threshold costs in alerts, and how fast it is.
//
// It promises figures that can be repeated: everything random follows from a
// seed, every figure is over stated cases, and a share has its 95 % interval
// (Wilson). What it scores it scores as a screening does: the same readings,
// relations, costs and order of hits. Nothing here is tuned to a file; a
// threshold that was chosen on the file that it is measured on is called so.
// It never changes a register and never decides whether a figure is good.
package bench

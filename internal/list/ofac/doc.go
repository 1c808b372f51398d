// Package ofac reads the lists of the Office of Foreign Assets Control of the
// US Treasury (SDN and the consolidated non-SDN list) in the three shapes in
// which they are published: legacy tables (comma, pipe, @ or fixed width),
// legacy XML (sdnList), and advanced XML (the Sanctions Data Model).
//
// It promises one record or one error for each entry, and an error for each
// row that belongs to no entry: a row of other names or addresses without its
// entry means that the files are not of one edition. In the tables most facts
// stand only in the remarks; they are drawn out and the remarks stay. All ids
// of the advanced format are resolved through the reference sets of the file
// itself. A name keeps its printed form "LAST, First Middle"; its parts say
// which is which. The package never resolves "Linked To" names to entries:
// that is identity, the register's work.
package ofac

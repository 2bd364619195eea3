// Command report prints something and ends.
package main

import "fmt"

func main() { fmt.Println("report") }

// Package main reads what somebody types.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			fmt.Println("error:", err)
			return
		}
		var n int
		if _, err := fmt.Sscan(line, &n); err != nil {
			fmt.Println("error:", err)
			return
		}
	}
}

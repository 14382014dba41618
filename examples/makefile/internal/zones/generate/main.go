// Command generate makes the Go table of zones from lines "COUNTRY,ZONE".
package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"
)

func main() {
	log.SetFlags(0)
	out := bufio.NewWriter(os.Stdout)
	fmt.Fprintln(out, "// Code generated from zones.csv by make; DO NOT EDIT.\n\npackage zones\n\nvar byCountry = map[string]int{")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		country, zone, _ := strings.Cut(lines.Text(), ",")
		if _, err := strconv.Atoi(zone); err != nil || len(country) != 2 {
			log.Fatalf("zones.csv: %q is not COUNTRY,ZONE", lines.Text())
		}
		fmt.Fprintf(out, "\t%q: %s,\n", country, zone)
	}
	fmt.Fprintln(out, "}")
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

package main

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

var kept [2]int

func inlined(n int) {
	kept[0] = n // in inlined
}

//go:noinline
func outer(n int) { // of outer
	perfGateAnchor() // a call needs a stack, and its check is of the function's first line
	inlined(n)       // in outer
	kept[1] = n      // behind it
}

// lineOf is where the comment stands in this file.
func lineOf(t *testing.T, comment string) int {
	t.Helper()
	source, err := os.ReadFile("resolve_test.go")
	if err != nil {
		t.Fatal(err)
	}
	before := strings.SplitN(string(source), "// "+comment+"\n", 2)
	if len(before) != 2 {
		t.Fatalf("nowhere: %s", comment)
	}
	return strings.Count(before[0], "\n") + 1
}

type resolved struct {
	Functions []string
	Files     []string
	Stacks    [][]int
}

// frames are those of one stack, innermost first: `outer:20 from 19`.
func (r resolved) frames(stack []int) []string {
	frames := []string{}
	for ; len(stack) >= 4; stack = stack[4:] {
		name := strings.TrimPrefix(r.Functions[stack[0]], "perf-gate.local/agent.")
		frames = append(frames, fmt.Sprintf("%s:%d from %d", name, stack[2], stack[3]))
	}
	return frames
}

func resolve(t *testing.T, body string) resolved {
	t.Helper()
	var answer resolved
	decoded(t, perfGateResolve(nil, []byte(body)), &answer)
	return answer
}

func entryOf(function interface{}) uintptr {
	return runtime.FuncForPC(reflect.ValueOf(function).Pointer()).Entry()
}

func TestResolveKnowsWhatIsInlined(t *testing.T) {
	entry := entryOf(outer)
	var body strings.Builder
	for i := uintptr(0); i < 256 && runtime.FuncForPC(entry+i).Entry() == entry; i++ {
		fmt.Fprintf(&body, "%x\n", entry+i)
	}
	answer := resolve(t, body.String())
	seen := map[string]bool{}
	for _, stack := range answer.Stacks {
		seen[strings.Join(answer.frames(stack), ", ")] = true
	}
	start := fmt.Sprint(" from ", lineOf(t, "of outer"))
	for _, want := range []string{
		fmt.Sprint("inlined:", lineOf(t, "in inlined"), " from 0, outer:", lineOf(t, "in outer"), start),
		fmt.Sprint("outer:", lineOf(t, "behind it"), start),
	} {
		if !seen[want] {
			t.Errorf("no instruction is %q: %v", want, seen)
		}
	}
	delete(seen, "") // of what is between two functions
	for stack := range seen {
		if !strings.HasSuffix(stack, start) {
			t.Errorf("an instruction of outer is %q", stack)
		}
	}
}

func TestResolveReadsAddresses(t *testing.T) {
	anchor := fmt.Sprintf("%x", entryOf(perfGateAnchor))
	for _, test := range []struct {
		name, body string
		known      []bool // by line, whether it is a function's
	}{
		{"nothing", "", nil},
		{"one without an end of line", anchor, []bool{true}},
		{"one with it", anchor + "\n", []bool{true}},
		{"prefixes, blanks and capitals", " 0x" + strings.ToUpper(anchor) + " \r\n", []bool{true}},
		{"several, of which one is no code", anchor + "\n0\n" + anchor, []bool{true, false, true}},
		{"the greatest", "ffffffffffffffff", []bool{false}},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer := resolve(t, test.body)
			var known []bool
			for _, stack := range answer.Stacks {
				known = append(known, len(stack) > 0)
				if len(stack) > 0 && !strings.HasPrefix(answer.frames(stack)[0], "perfGateAnchor:") {
					t.Errorf("got %v", answer.frames(stack))
				}
			}
			if !reflect.DeepEqual(known, test.known) {
				t.Errorf("got %v, want %v", known, test.known)
			}
			if len(answer.Functions) > 1 || len(answer.Files) > 1 {
				t.Errorf("a name is told twice: %q, %q", answer.Functions, answer.Files)
			}
		})
	}
}

func TestResolveRefuses(t *testing.T) {
	for _, test := range []struct{ name, body, want string }{
		{"a word", "0\nzz\n", `line 2 is not a hexadecimal address: "zz"` + "\n"},
		{"an empty line", "0\n\n0\n", `line 2 is not a hexadecimal address: ""` + "\n"},
		{"more than 64 bits", "10000000000000000", `line 1 is not a hexadecimal address: "10000000000000000"` + "\n"},
		{"a sign", "-1", `line 1 is not a hexadecimal address: "-1"` + "\n"},
		{"a long line, of which it tells the beginning", strings.Repeat("x", 1000),
			fmt.Sprintf("line 1 is not a hexadecimal address: %q\n", strings.Repeat("x", 40))},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer := perfGateResolve(nil, []byte(test.body))
			if answer.status != 400 || string(answer.body) != test.want {
				t.Errorf("got %d: %s", answer.status, answer.body)
			}
		})
	}
}

func TestTableNumbersTextsAsTheyCome(t *testing.T) {
	table := perfGateTable{numbers: map[string]int{}}
	var numbers []int
	for _, text := range []string{"a", "b", "a", "", "b"} {
		numbers = append(numbers, table.perfGateNumber(text))
	}
	if want := []int{0, 1, 0, 2, 1}; !reflect.DeepEqual(numbers, want) {
		t.Errorf("got %v, want %v", numbers, want)
	}
	if want := []string{"a", "b", ""}; !reflect.DeepEqual(table.strings, want) {
		t.Errorf("got %q, want %q", table.strings, want)
	}
}

// The agent resolves addresses of instructions to functions, files and lines, with the names that Go's own profiles use.

package main

import (
	perfgatebytes "bytes"
	perfgatejson "encoding/json"
	perfgatehttp "net/http"
	perfgateruntime "runtime"
	perfgatestrconv "strconv"
)

// perfGateTable numbers strings in the order in which they come.
type perfGateTable struct {
	numbers map[string]int
	strings []string
}

func (table *perfGateTable) perfGateNumber(text string) int {
	number, ok := table.numbers[text]
	if !ok {
		number = len(table.strings)
		table.numbers[text] = number
		table.strings = append(table.strings, text)
	}
	return number
}

// perfGateResolver collects the answer to one request.
type perfGateResolver struct {
	functions, files perfGateTable
	// First lines of the functions that were met, by entry.
	startLines map[uintptr]int
	// The program counters of one address; kept for the next.
	counters []uintptr
	stacks   []byte
}

// perfGateResolve takes one hexadecimal address of an instruction a line.
func perfGateResolve(_ perfGateQuery, body []byte) perfGateAnswer {
	resolver := perfGateResolver{
		functions:  perfGateTable{numbers: map[string]int{}, strings: []string{}},
		files:      perfGateTable{numbers: map[string]int{}, strings: []string{}},
		startLines: map[uintptr]int{},
		stacks:     make([]byte, 0, 2*len(body)),
	}
	for number := 1; len(body) > 0; number++ {
		line := body
		if end := perfgatebytes.IndexByte(body, '\n'); end >= 0 {
			line, body = body[:end], body[end+1:]
		} else {
			body = nil
		}
		digits := perfgatebytes.TrimPrefix(perfgatebytes.TrimSpace(line), []byte("0x"))
		address, err := perfgatestrconv.ParseUint(string(digits), 16, 64)
		if err != nil {
			if len(line) > 40 {
				line = line[:40]
			}
			return perfGateRefuse(perfgatehttp.StatusBadRequest, "line %d is not a hexadecimal address: %q", number, line)
		}
		if number > 1 {
			resolver.stacks = append(resolver.stacks, ',')
		}
		resolver.perfGateAddress(address)
	}

	functions, err := perfgatejson.Marshal(resolver.functions.strings)
	if err != nil {
		return perfGateRefuse(perfgatehttp.StatusInternalServerError, "%v", err)
	}
	files, err := perfgatejson.Marshal(resolver.files.strings)
	if err != nil {
		return perfGateRefuse(perfgatehttp.StatusInternalServerError, "%v", err)
	}
	output := make([]byte, 0, len(functions)+len(files)+len(resolver.stacks)+64)
	output = append(append(output, `{"functions":`...), functions...)
	output = append(append(output, `,"files":`...), files...)
	output = append(append(output, `,"stacks":[`...), resolver.stacks...)
	output = append(output, "]}\n"...)
	return perfGateAnswer{status: perfgatehttp.StatusOK, contentType: "application/json", body: output}
}

// perfGateAddress appends the stack of one address, innermost first: empty where it is not Go code.
func (resolver *perfGateResolver) perfGateAddress(address uint64) {
	resolver.stacks = append(resolver.stacks, '[')
	pc := uintptr(address)
	if function := perfgateruntime.FuncForPC(pc); function != nil && uint64(pc) == address {
		resolver.perfGateFrames(pc, function.Entry())
	}
	resolver.stacks = append(resolver.stacks, ']')
}

func (resolver *perfGateResolver) perfGateFrames(pc, entry uintptr) {
	entryLine := resolver.perfGateStartLine(entry)
	resolver.counters = perfGateExpand(resolver.counters, pc)
	frames := perfgateruntime.CallersFrames(resolver.counters)
	frame, more := frames.Next()
	if frame.Entry != entry {
		// pc + 1 is the next function already: this is an instruction of one byte, a return say, and no padding behind
		// it. The one before it stands for it, of the same function and nearly always of the same line.
		resolver.counters = perfGateExpand(resolver.counters, pc-1)
		frames = perfgateruntime.CallersFrames(resolver.counters)
		frame, more = frames.Next()
	}
	// C code that Go's linker took in lies between the Go functions, as functions of the file '?'.
	for first := true; frame.Entry == entry && frame.File != "?"; first = false {
		stacks := resolver.stacks
		if !first {
			stacks = append(stacks, ',')
		}
		startLine := 0 // an inlined function: Go does not tell where it starts
		if frame.Func != nil {
			startLine = entryLine
		}
		stacks = perfgatestrconv.AppendInt(stacks, int64(resolver.functions.perfGateNumber(frame.Function)), 10)
		stacks = perfgatestrconv.AppendInt(append(stacks, ','), int64(resolver.files.perfGateNumber(frame.File)), 10)
		stacks = perfgatestrconv.AppendInt(append(stacks, ','), int64(frame.Line), 10)
		stacks = perfgatestrconv.AppendInt(append(stacks, ','), int64(startLine), 10)
		resolver.stacks = stacks
		if !more {
			return
		}
		frame, more = frames.Next()
	}
}

// perfGateStartLine answers the line of the function's first instruction: that of its declaration where it begins with
// a stack check, otherwise of its first statement. Where that instruction comes from an inlined function it is the line
// of the outermost frame, which is the function itself.
func (resolver *perfGateResolver) perfGateStartLine(entry uintptr) int {
	if line, ok := resolver.startLines[entry]; ok {
		return line
	}
	line := 0
	resolver.counters = perfGateExpand(resolver.counters, entry)
	frames := perfgateruntime.CallersFrames(resolver.counters)
	for {
		frame, more := frames.Next()
		if frame.Entry == entry && frame.Func != nil {
			line = frame.Line
		}
		if !more {
			break
		}
	}
	resolver.startLines[entry] = line
	return line
}

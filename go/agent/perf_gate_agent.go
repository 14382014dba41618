// The agent of perf-gate: perf-gate copies these files into package main of a private checkout of a service, to
// measure it. They do nothing unless the environment variable PERF_GATE_SOCKET names a unix socket; then HTTP requests
// on that socket are answered. They know the Go runtime and nothing of the service.
//
// Rules, because the service's own code stands in the same package:
//   - every package-level identifier starts with perfGate, every import with perfgate, and of the predeclared
//     functions only append, len, make and recover are used (a service may well have a func close or a type any);
//   - every goroutine has a function named perfGate... at its root, so that its cost can be told from the service's;
//   - nothing is written to the service's output, and http.DefaultServeMux is left alone;
//   - the oldest language is that of go 1.16 in go.mod, the oldest toolchain is Go 1.18.

package main

import (
	perfgatebufio "bufio"
	perfgatebytes "bytes"
	perfgatejson "encoding/json"
	perfgateerrors "errors"
	perfgatefmt "fmt"
	perfgateio "io"
	perfgatenet "net"
	perfgatehttp "net/http"
	perfgateos "os"
	perfgateruntime "runtime"
	perfgatedebug "runtime/debug"
	perfgatestrconv "strconv"
	perfgatestrings "strings"
	perfgatetime "time"
)

const (
	perfGateProtocol = 1

	perfGateMaxBodyBytes   = 64 << 20
	perfGateMaxHeaderBytes = 64 << 10

	// How long a client may take to send its request, and to take its answer.
	perfGateReadTimeout  = 60 * perfgatetime.Second
	perfGateWriteTimeout = 60 * perfgatetime.Second
	// How long the rest of a refused request is read, so that the client sees the answer and no broken connection.
	perfGateLingerTimeout = 2 * perfgatetime.Second
)

// perfGateClockZero is where the agent's wall clock counts from.
var perfGateClockZero perfgatetime.Time

func init() {
	perfGateStart()
}

// perfGateStart reads the two variables, removes them so that child processes do not inherit them, and starts the
// agent. What goes wrong is told in the file <socket>.error.
func perfGateStart() {
	socket := perfgateos.Getenv("PERF_GATE_SOCKET")
	if socket == "" {
		return
	}
	rate := perfgateos.Getenv("PERF_GATE_MEMPROFILERATE")
	perfgateos.Unsetenv("PERF_GATE_SOCKET")
	perfgateos.Unsetenv("PERF_GATE_MEMPROFILERATE")
	if rate != "" {
		parsed, err := perfgatestrconv.Atoi(rate)
		if err != nil {
			perfGateReport(socket, perfgatefmt.Errorf("PERF_GATE_MEMPROFILERATE is not a number: %q", rate))
			return
		}
		perfgateruntime.MemProfileRate = parsed
	}
	perfGateClockZero = perfgatetime.Now()
	go perfGateListen(socket)
}

// perfGateReport leaves the reason beside the socket that will not be there. Where even that fails nobody can be told:
// the client waits for the socket until its time is over.
func perfGateReport(socket string, reason error) {
	_ = perfgateos.WriteFile(socket+".error", []byte(reason.Error()+"\n"), 0600)
}

func perfGateListen(socket string) {
	listener, err := perfgatenet.Listen("unix", socket)
	if err != nil {
		perfGateReport(socket, err)
		return
	}
	for {
		connection, err := listener.Accept()
		if perfgateerrors.Is(err, perfgatenet.ErrClosed) {
			return
		}
		if err != nil { // the service has used up its file descriptors; some may come back
			perfgatetime.Sleep(20 * perfgatetime.Millisecond)
			continue
		}
		perfGateEndCount()
		go perfGateServe(connection)
	}
}

// perfGateAnswer is what a request is answered with.
type perfGateAnswer struct {
	status      int
	contentType string
	body        []byte
	// Part of the request may not have been read.
	unread bool
	// What is done behind the answer, which then ends with its connection.
	then func()
}

func perfGateRefuse(status int, format string, values ...interface{}) perfGateAnswer {
	text := perfgatefmt.Sprintf(format, values...) + "\n"
	return perfGateAnswer{status: status, contentType: "text/plain; charset=utf-8", body: []byte(text)}
}

func perfGateRefuseUnread(status int, format string, values ...interface{}) perfGateAnswer {
	answer := perfGateRefuse(status, format, values...)
	answer.unread = true
	return answer
}

func perfGateJSON(value interface{}) perfGateAnswer {
	text, err := perfgatejson.Marshal(value)
	if err != nil {
		return perfGateRefuse(perfgatehttp.StatusInternalServerError, "%v", err)
	}
	return perfGateAnswer{status: perfgatehttp.StatusOK, contentType: "application/json", body: text}
}

func perfGateBinary(body []byte) perfGateAnswer {
	return perfGateAnswer{status: perfgatehttp.StatusOK, contentType: "application/octet-stream", body: body}
}

// perfGateServe answers the one request of a connection. There is no http.Server, because its goroutines would look
// like the service's own in a profile.
func perfGateServe(connection perfgatenet.Conn) {
	defer connection.Close()
	if connection.SetReadDeadline(perfgatetime.Now().Add(perfGateReadTimeout)) != nil {
		return
	}
	limited := perfgateio.LimitReader(connection, perfGateMaxHeaderBytes+perfGateMaxBodyBytes+1)
	input := perfgatebufio.NewReader(limited)
	if _, err := input.Peek(1); err != nil { // somebody looked whether the socket is there
		return
	}
	answer := perfGateHandle(input)

	response := perfgatehttp.Response{
		StatusCode:    answer.status,
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        perfgatehttp.Header{"Content-Type": {answer.contentType}},
		Body:          perfgateio.NopCloser(perfgatebytes.NewReader(answer.body)),
		ContentLength: int64(len(answer.body)),
		Close:         true,
	}
	if answer.then != nil {
		response.ContentLength = -1
		defer answer.then()
	}
	if connection.SetWriteDeadline(perfgatetime.Now().Add(perfGateWriteTimeout)) != nil {
		return
	}
	output := perfgatebufio.NewWriter(connection)
	if response.Write(output) != nil || output.Flush() != nil {
		return // the client has gone
	}
	if half, ok := connection.(*perfgatenet.UnixConn); ok && answer.unread && half.CloseWrite() == nil {
		if half.SetReadDeadline(perfgatetime.Now().Add(perfGateLingerTimeout)) == nil {
			_, _ = perfgateio.Copy(perfgateio.Discard, half)
		}
	}
}

// perfGateHandle reads one request and makes the answer; a panic on the way is an answer too, never the service's end.
func perfGateHandle(input *perfgatebufio.Reader) (answer perfGateAnswer) {
	defer func() {
		if reason := recover(); reason != nil {
			status := perfgatehttp.StatusInternalServerError
			answer = perfGateRefuseUnread(status, "panic: %v\n%s", reason, perfgatedebug.Stack())
		}
	}()
	request, err := perfgatehttp.ReadRequest(input)
	if err != nil {
		return perfGateRefuseUnread(perfgatehttp.StatusBadRequest, "not an HTTP request: %v", err)
	}
	const tooLarge = "the body has more than %d bytes"
	if request.ContentLength > perfGateMaxBodyBytes {
		return perfGateRefuseUnread(perfgatehttp.StatusRequestEntityTooLarge, tooLarge, perfGateMaxBodyBytes)
	}
	body, err := perfgateio.ReadAll(perfgateio.LimitReader(request.Body, perfGateMaxBodyBytes+1))
	if err != nil {
		return perfGateRefuseUnread(perfgatehttp.StatusBadRequest, "the body could not be read: %v", err)
	}
	if len(body) > perfGateMaxBodyBytes {
		return perfGateRefuseUnread(perfgatehttp.StatusRequestEntityTooLarge, tooLarge, perfGateMaxBodyBytes)
	}
	return perfGateRoute(request, body)
}

func perfGateRoute(request *perfgatehttp.Request, body []byte) perfGateAnswer {
	path := request.URL.Path
	method := "GET"
	var handle func(perfGateQuery, []byte) perfGateAnswer
	switch path {
	case "/info":
		handle = perfGateInfo
	case "/gc":
		method, handle = "POST", perfGateCollect
	case "/gcpercent":
		method, handle = "POST", perfGateSetGCPercent
	case "/memstats":
		handle = perfGateMemStats
	case "/metrics":
		handle = perfGateMetrics
	case "/clock":
		handle = perfGateClock
	case "/cpu/start":
		method, handle = "POST", perfGateStartCPU
	case "/cpu/stop":
		method, handle = "POST", perfGateStopCPU
	case "/heap/use":
		method, handle = "POST", perfGateUseHeap
	case "/stacks/use":
		method, handle = "POST", perfGateUseStacks
	case "/signals/quiet":
		method, handle = "POST", perfGateQuietSignals
	case "/count/start":
		method, handle = "POST", perfGateStartCount
	case "/count/stop":
		method, handle = "POST", perfGateStopCount
	case "/resolve":
		method, handle = "POST", perfGateResolve
	default:
		if !perfgatestrings.HasPrefix(path, "/profile/") {
			return perfGateRefuse(perfgatehttp.StatusNotFound, "no such endpoint: %s", path)
		}
		name := perfgatestrings.TrimPrefix(path, "/profile/")
		handle = func(query perfGateQuery, _ []byte) perfGateAnswer { return perfGateProfile(name, query) }
	}
	if request.Method != method {
		return perfGateRefuse(perfgatehttp.StatusMethodNotAllowed, "%s wants %s, not %s", path, method, request.Method)
	}
	return handle(perfGateQuery(request.URL.Query()), body)
}

// perfGateQuery holds the parameters of a request.
type perfGateQuery map[string][]string

// perfGateInteger answers the parameter of that name, or the fallback where it is not given. A number that 64 bits
// cannot hold becomes the greatest or smallest that they can: JavaScript rounds the greatest int64, which stands for
// 'no memory limit', up to 2^63.
func perfGateInteger(query perfGateQuery, name string, fallback, least, greatest int64) (int64, error) {
	values := query[name]
	if len(values) == 0 {
		return fallback, nil
	}
	value, err := perfgatestrconv.ParseInt(values[0], 10, 64)
	if err != nil && !perfgateerrors.Is(err, perfgatestrconv.ErrRange) {
		return 0, perfgatefmt.Errorf("%s is not a whole number: %q", name, values[0])
	}
	if value < least || value > greatest {
		return 0, perfgatefmt.Errorf("%s is %s, not within %d and %d", name, values[0], least, greatest)
	}
	return value, nil
}

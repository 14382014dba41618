package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// start runs the service and returns the addresses it listens on, by name, and
// a function that stops it and returns what run returned.
func start(t *testing.T, endpoints int, args ...string) (addresses map[string]string, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	logReader, logWriter := io.Pipe()
	result := make(chan error, 1)
	go func() {
		err := run(ctx, args, logWriter)
		logWriter.Close()
		result <- err
	}()
	stop = func() error {
		cancel()
		select {
		case err := <-result:
			result <- err // for a second call
			return err
		case <-time.After(5 * time.Second):
			return errors.New("still running after 5 s")
		}
	}
	t.Cleanup(func() { _ = stop() })

	addresses = map[string]string{}
	lines := bufio.NewScanner(logReader)
	for len(addresses) < endpoints && lines.Scan() {
		_, rest, found := strings.Cut(lines.Text(), "msg=listening for=")
		if name, address, ok := strings.Cut(rest, " address="); found && ok {
			addresses[name] = address
		}
	}
	go func() { _, _ = io.Copy(io.Discard, logReader) }()
	if len(addresses) < endpoints {
		t.Fatalf("the service did not start: %v", stop())
	}
	return addresses, stop
}

func get(t *testing.T, url string) (status int, body string) {
	t.Helper()
	client := http.Client{Timeout: 5 * time.Second}
	defer client.CloseIdleConnections()
	response, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(data)
}

func TestRunServesUntilStopped(t *testing.T) {
	addresses, stop := start(t, 1, "-listen", "127.0.0.1:0")
	base := "http://" + addresses["orders"]
	if status, body := get(t, base+"/version"); status != 200 || !strings.Contains(body, `"commit":"unknown"`) {
		t.Errorf("GET /version = %d %s", status, body)
	}
	if status, _ := get(t, base+"/debug/pprof/"); status != http.StatusNotFound {
		t.Errorf("GET /debug/pprof/ = %d, want 404", status)
	}
	if err := stop(); err != nil {
		t.Errorf("run() = %v after a stop, want nil", err)
	}
	if _, err := net.DialTimeout("tcp", addresses["orders"], time.Second); err == nil {
		t.Error("the port is still open")
	}
}

func TestProfilesHaveTheirOwnListener(t *testing.T) {
	addresses, _ := start(t, 2, "-listen", "127.0.0.1:0", "-pprof", "127.0.0.1:0")
	if status, body := get(t, "http://"+addresses["pprof"]+"/debug/pprof/goroutine?debug=1"); status != 200 ||
		!strings.HasPrefix(body, "goroutine profile:") {
		t.Errorf("GET /debug/pprof/goroutine = %d %.80s", status, body)
	}
	if status, _ := get(t, "http://"+addresses["pprof"]+"/orders"); status != http.StatusNotFound {
		t.Errorf("GET /orders from the profile listener = %d, want 404", status)
	}
}

func TestRunTellsThatAnAddressIsTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	args := []string{"-listen", "127.0.0.1:0", "-pprof", taken.Addr().String()}
	if err := run(context.Background(), args, io.Discard); err == nil || !strings.Contains(err.Error(), "listen for pprof") {
		t.Errorf("run() = %v, want an error about pprof's listener", err)
	}
}

func TestRunRefusesWrongCommandLines(t *testing.T) {
	for _, args := range [][]string{{"-port", "80"}, {"extra"}} {
		if err := run(context.Background(), args, io.Discard); !errors.Is(err, errUsage) {
			t.Errorf("run(%q) = %v, want errUsage", args, err)
		}
	}
	if err := run(context.Background(), []string{"-h"}, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("run(-h) = %v, want flag.ErrHelp", err)
	}
}

/** An interpreter that calls itself deeper than callgrind keeps callers. */

import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { blamed, tell } from './services.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

const SERVE = `package main

import (
	"fmt"
	"net/http"
)

type node interface{ eval(depth int) int }

type number int

type sum struct{ left, right node }

type call struct{ body node }

func (n number) eval(depth int) int { return cost(int(n) + depth) }

func (s sum) eval(depth int) int { return s.left.eval(depth+1) + s.right.eval(depth+1) }

func (c call) eval(depth int) int { return c.body.eval(depth + 1) }

func cost(value int) int {
	for i := 0; i < 10; i++ {
		value = value*31 + i
	}
	return value
}

// A chain 60 deep, on which sums branch off.
func program() node {
	var body node = number(1)
	for i := 0; i < 60; i++ {
		if i%3 == 0 {
			body = sum{body, call{number(i)}}
		} else {
			body = call{body}
		}
	}
	return body
}

var main60 = program()

func serve(w http.ResponseWriter, r *http.Request) {
	total := 0
	for i := 0; i < 20; i++ {
		total += main60.eval(i)
	}
	fmt.Fprintln(w, total)
}
`;

test('a recursive interpreter', async () => {
  const told = await tell({
    directory: join(scratch, 'recursion'),
    files: { 'serve.go': SERVE },
    change: [{ path: 'serve.go', from: 'i < 10', to: 'i < 20' }],
  });
  expect(told.report.verdict).toBe('fail');
  expect(blamed(told)).toEqual(['main.cost serve.go:23 line']);
  expect(told.report.causes[0]!.consequences).toContain('net/http.(*conn).serve');
});

/** A dependency of another version: its own function is named, with both versions. Real modules, through Go's proxy. */

import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { goMod, tell } from './services.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

const SERVE = `package main

import (
	"fmt"
	"net/http"

	"github.com/shopspring/decimal"
)

func serve(w http.ResponseWriter, r *http.Request) {
	sum := decimal.Zero
	for _, text := range []string{"1234.567", "0.5", "99.95", "17", "3.14159"} {
		price, err := decimal.NewFromString(text)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		sum = sum.Add(price)
	}
	fmt.Fprintln(w, sum.Round(2))
}
`;

const SUMS = `github.com/shopspring/decimal v1.2.0 h1:abSATXmQEYyShuxI4/vyW3tV1MrKAJzCZ/0zLUXYbsQ=
github.com/shopspring/decimal v1.2.0/go.mod h1:DKyhrW/HYNuLGql+MJL6WCR6knT2jwCFRcu2hWCYk4o=
github.com/shopspring/decimal v1.3.1 h1:2Usl1nmF/WZucqkFZhnfFYxxxu8LG21F6nPQBE5gKV8=
github.com/shopspring/decimal v1.3.1/go.mod h1:DKyhrW/HYNuLGql+MJL6WCR6knT2jwCFRcu2hWCYk4o=
`;

test('decimal from v1.3.1 back to v1.2.0, which knew no fast path for short numbers', async () => {
  const told = await tell({
    directory: join(scratch, 'dependency'),
    files: {
      'go.mod': goMod('1.18', '\nrequire github.com/shopspring/decimal v1.3.1\n'),
      'go.sum': SUMS,
      'serve.go': SERVE,
    },
    change: [{ path: 'go.mod', from: 'v1.3.1', to: 'v1.2.0' }],
    instruments: ['instructions', 'allocs'],
  });
  expect(told.report.verdict).toBe('fail');
  const parse = told.report.causes.find((cause) => cause.function === 'github.com/shopspring/decimal.NewFromString');
  expect(parse?.module).toEqual({ path: 'github.com/shopspring/decimal', base: 'v1.3.1', head: 'v1.2.0' });
  expect(parse?.effects.map(({ metric, status }) => `${metric} ${status}`)).toContain('objects over');
});

// Package tasks keeps things to do, and serves them.
package tasks

import (
	"strconv"
	"sync"
	"time"
)

// Task is one thing to do.
type Task struct {
	ID   string    `json:"id"`
	Text string    `json:"text"`
	Due  time.Time `json:"due"`
}

// List holds tasks by their ids.
type List struct {
	mutex sync.Mutex
	last  int
	tasks map[string]Task
}

// New returns an empty list.
func New() *List {
	return &List{tasks: map[string]Task{}}
}

// Add keeps a task, under an id of its own. Ids have the same length: what a request costs does not depend on how many
// there were before it.
func (l *List) Add(text string, due time.Time) Task {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.last++
	id := strconv.Itoa(1_000_000 + l.last)
	l.tasks[id] = Task{ID: id, Text: text, Due: due}
	return l.tasks[id]
}

// Find returns the task with the id.
func (l *List) Find(id string) (Task, bool) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	task, ok := l.tasks[id]
	return task, ok
}

// Remove forgets a task, and says whether there was one.
func (l *List) Remove(id string) bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	_, ok := l.tasks[id]
	delete(l.tasks, id)
	return ok
}

// SweepEvery forgets what was due long ago, again and again.
func (l *List) SweepEvery(pause time.Duration) {
	for now := range time.Tick(pause) {
		l.mutex.Lock()
		for id, task := range l.tasks {
			if now.Sub(task.Due) > 24*time.Hour {
				delete(l.tasks, id)
			}
		}
		l.mutex.Unlock()
	}
}

// The adapter protocol in Go: targets/fosite and targets/toolhive/library hold the same file. It knows no library.

package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"unicode/utf8"
)

type object map[string]any

// input holds the members of all operations that a Go function may take; each call reads its own.
type input struct {
	Text                                     text
	Claims                                   json.RawMessage
	Scopes, First, Second, Granted, Required []text
	Requested, Supported, Defaults, Baseline []text
}

// text is a string of the protocol: what is not UTF-8 travels as {"hex":"..."}.
type text string

func (t *text) UnmarshalJSON(data []byte) error {
	var octets struct{ Hex *string }
	if json.Unmarshal(data, &octets) == nil && octets.Hex != nil {
		decoded, err := hex.DecodeString(*octets.Hex)
		*t = text(decoded)
		return err
	} else if data[0] != '"' { // null included, which Go would take for an empty string
		return fmt.Errorf("a Go string cannot hold %.40s", data)
	}
	return json.Unmarshal(data, (*string)(t))
}

func (t text) MarshalJSON() ([]byte, error) {
	if !utf8.ValidString(string(t)) {
		return json.Marshal(object{"hex": hex.EncodeToString([]byte(t))})
	}
	return json.Marshal(string(t))
}

// list changes the type of each string. A nil slice is Go's empty list, but JSON would make it null.
func list[To, From ~string](from []From) []To {
	to := make([]To, len(from))
	for i := range from {
		to[i] = To(from[i])
	}
	return to
}

// A call answers, or it returns an error, which is a refusal.
type call = func(input) (object, error)

// refusal is one that the library has words of its own for, instead of an error.
type refusal struct{ kind, message string }

// unsupported is what the library has no notion of.
type unsupported string

func (r refusal) Error() string     { return r.message }
func (u unsupported) Error() string { return string(u) }

// answer is the kind of a reply and its body. A panic is a crash.
func answer(call call, given json.RawMessage) (kind string, body object) {
	defer func() {
		if thrown := recover(); thrown != nil {
			kind, body = "crashed", object{"detail": fmt.Sprint(thrown)}
		}
	}()
	var in input
	if call == nil {
		return "unsupported", object{"reason": "no function of this table does that"}
	} else if err := json.Unmarshal(given, &in); err != nil {
		return "unsupported", object{"reason": err.Error()}
	}
	switch body, err := call(in); err := err.(type) {
	case nil:
		return "ok", body
	case unsupported:
		return "unsupported", object{"reason": err.Error()}
	case refusal:
		return "rejected", object{"kind": err.kind, "message": err.message}
	default:
		return "rejected", object{"kind": fmt.Sprintf("%T", err), "message": err.Error()}
	}
}

// version is that of a module which was linked in.
func version(path string) string {
	info, _ := debug.ReadBuildInfo()
	return info.Deps[slices.IndexFunc(info.Deps, func(module *debug.Module) bool { return module.Path == path })].Version
}

// serve answers until the suite says `bye` or is gone.
func serve(name, path string, calls map[string]call, semantics object) {
	hello := object{
		"name": name, "version": version(path), "language": "go", "operations": slices.Sorted(maps.Keys(calls)),
		"semantics": semantics, "max_in_flight": 64,
	}
	in, out := bufio.NewReaderSize(os.Stdin, 1<<16), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for replies := json.NewEncoder(out); ; {
		var message struct {
			Hello, Bye, Input json.RawMessage
			Seq               json.Number
			Op                string
		}
		if line, _ := in.ReadBytes('\n'); json.Unmarshal(line, &message) != nil || message.Bye != nil {
			return // at the end of input the line is empty, which is no JSON either
		} else if message.Hello != nil {
			replies.Encode(object{"hello": hello})
		} else {
			kind, body := answer(calls[message.Op], message.Input)
			replies.Encode(object{"seq": message.Seq, kind: body})
		}
		if in.Buffered() == 0 { // no further call waits, so the suite waits for us
			out.Flush()
		}
	}
}
